"""manage.py catalogue publish | offer | require | load-national: the life of versions."""

from argparse import _SubParsersAction
from datetime import date
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.management.subcommands.drafts import draft_id
from kernel.actors import Actor
from tenants.registry.enums import Ring
from tenants.registry.selectors import list_tenants

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
    requiring = actions.add_parser(
        "require", help="đặt hạn áp dụng cho bản đã công bố mới nhất của một thủ tục"
    )
    requiring.add_argument("code")
    requiring.add_argument("--until", type=date.fromisoformat, required=True, help="ngày chậm nhất")
    requiring.add_argument("--reason", required=True, help="lý do, căn cứ")
    requiring.set_defaults(work=require)
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


def require(out: OutputWrapper, *, by: Actor, code: str, until: date, reason: str) -> None:
    board = selectors.get_adoption_board(code, places=list_tenants(), on=timezone.localdate())
    if board is None:
        raise CommandError(f"Thủ tục {code} không có bản nào đã công bố.")
    services.require_adoption(
        version_id=board.version_id, due_on=until, reason=reason, by=by, now=timezone.now()
    )
    behind = sum(row.number is not None and row.number < board.number for row in board.rows)
    out.write(
        f"Bản {board.number} của thủ tục {code} phải được áp dụng đến {until:%d/%m/%Y}; {behind} nơi chưa có."
    )


def load_national(out: OutputWrapper, *, by: Actor, rings: list[str] | None) -> None:
    loaded = services.load_national(by=by, now=timezone.now(), rings=rings or services.EVERY_RING)
    for code, outcome in loaded:
        out.write(f"{code}  {OUTCOMES[outcome]}")
