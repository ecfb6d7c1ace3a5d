"""manage.py catalogue publish | offer | load-national: the life of versions."""

from argparse import _SubParsersAction
from datetime import date
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.management.subcommands.drafts import draft_id
from kernel.actors import Actor
from tenants.registry.enums import Ring

OUTCOMES = {
    "PUBLISHED": "đã công bố",
    "UNCHANGED": "không đổi",
    "DRAFT_OPEN": "đang có bản nháp, chưa công bố",
}
_RINGS: dict[str, Any] = {"dest": "rings", "action": "append", "choices": Ring.values}


def declare(actions: "_SubParsersAction[Any]") -> None:
    publishing = actions.add_parser("publish", help="phê duyệt và công bố bản đang thẩm định của một thủ tục")
    publishing.add_argument("code")
    publishing.add_argument("--from", dest="effective_from", type=date.fromisoformat)
    publishing.add_argument("--decision", default="", help="văn bản công bố")
    publishing.add_argument("--ring", **_RINGS, help="mở cho vòng nào; mặc định chỉ vòng thí điểm")
    publishing.set_defaults(work=publish)
    offering = actions.add_parser("offer", help="mở bản đã công bố mới nhất của một thủ tục cho vòng kế tiếp")
    offering.add_argument("code")
    offering.add_argument("--ring", **_RINGS, required=True)
    offering.set_defaults(work=offer)
    loading = actions.add_parser("load-national", help="nạp và công bố các biểu mẫu quốc gia đi kèm")
    loading.add_argument("--ring", **_RINGS, help="mở cho vòng nào; mặc định mọi vòng")
    loading.set_defaults(work=load_national)


def publish(
    out: OutputWrapper,
    *,
    by: Actor,
    code: str,
    effective_from: date | None,
    decision: str,
    rings: list[str] | None,
) -> None:
    version = services.publish(
        version_id=draft_id(code),
        effective_from=effective_from or timezone.localdate(),
        legal_basis=decision,
        by=by,
        now=timezone.now(),
        rings=rings or services.PILOTS,
    )
    out.write(f"Đã công bố phiên bản {version.number} của thủ tục {code}.")


def offer(out: OutputWrapper, *, by: Actor, code: str, rings: list[str]) -> None:
    newest = selectors.find_newest_published(code)
    if newest is None:
        raise CommandError(f"Thủ tục {code} không có bản nào đã công bố.")
    opened = services.offer_version(version=newest.public_id, rings=rings, by=by, now=timezone.now())
    where = ", ".join(str(Ring(ring).label) for ring in opened)
    out.write(f"Bản {newest.number} của thủ tục {code} mở thêm cho: {where or 'không vòng nào'}.")


def load_national(out: OutputWrapper, *, by: Actor, rings: list[str] | None) -> None:
    loaded = services.load_national(by=by, now=timezone.now(), rings=rings or services.EVERY_RING)
    for code, outcome in loaded:
        out.write(f"{code}  {OUTCOMES[outcome]}")
