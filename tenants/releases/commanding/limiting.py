"""``release limit``: how long provinces may put a release off."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tenants.registry.verbs import commander
from tenants.releases.selectors import get_release
from tenants.releases.services import set_defer_limit


def add(sub: Any) -> None:
    limit = sub.add_parser("limit", help="bộ, tỉnh được hoãn một bản nhiều nhất bao nhiêu ngày")
    limit.add_argument(
        "days",
        type=int,
        metavar="DAYS",
        help="số ngày, tính từ lần triển khai đầu tiên; 0 là không được hoãn",
    )
    limit.add_argument("--release", help="tên bản phát hành; không nêu là bản mới nhất")
    limit.add_argument("--reason", default="", help="vì sao")
    limit.set_defaults(run=_limit)


def _limit(options: dict[str, Any], say: Callable[[str], None]) -> None:
    release = get_release(options["release"])
    changed = set_defer_limit(
        release=release.name,
        days=options["days"],
        by=commander(),
        now=timezone.now(),
        reason=options["reason"],
    )
    say(
        f"Bản {changed.name}: bộ, tỉnh được hoãn nhiều nhất {changed.defer_days} ngày. Lần hoãn đã ghi thì giữ nguyên."
    )
