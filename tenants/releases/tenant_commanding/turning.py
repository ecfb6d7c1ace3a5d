"""``manage.py tenant ring | turn | defer | undefer``: when a tenant gets what is new."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tenants.registry.enums import Ring
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant
from tenants.registry.verbs import commander
from tenants.releases.errors import TenantUnknown
from tenants.releases.selectors import get_release
from tenants.releases.services import cancel_deferral, defer_release, set_order_and_window, set_ring
from tenants.releases.wishes import get_wish

Say = Callable[[str], None]
_HOURS = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


def add(sub: Any) -> None:
    ring = sub.add_parser("ring", help="đổi vòng nhận bản mới")
    ring.add_argument("code", help="mã, ví dụ H21")
    ring.add_argument("ring", choices=Ring.values)
    ring.set_defaults(run=_ring)
    turn = sub.add_parser("turn", help="thứ tự trong vòng và khung giờ cập nhật; phần không nêu giữ nguyên")
    turn.add_argument("code", help="mã, ví dụ H21")
    turn.add_argument("--order", type=int, metavar="N", help="số nhỏ làm trước; bình thường là 100")
    hours = turn.add_mutually_exclusive_group()
    hours.add_argument(
        "--window", type=_hours, metavar="22:00-04:00", help="chỉ cập nhật trong khung giờ này"
    )
    hours.add_argument("--any-hour", action="store_true", help="bỏ khung giờ")
    turn.set_defaults(run=_turn)
    defer = sub.add_parser("defer", help="hoãn bản đang chờ thay cho bộ, tỉnh, trong hạn")
    defer.add_argument("code", help="mã, ví dụ H21")
    defer.add_argument(
        "--until", required=True, type=_day, metavar="DD/MM/YYYY", help="cập nhật sớm nhất vào ngày này"
    )
    defer.add_argument("--reason", required=True, help="vì sao")
    defer.add_argument("--release", help="tên bản phát hành; không nêu là bản mới nhất")
    defer.set_defaults(run=_defer)
    undefer = sub.add_parser("undefer", help="bỏ hoãn")
    undefer.add_argument("code", help="mã, ví dụ H21")
    undefer.set_defaults(run=_undefer)


def _hours(text: str) -> tuple[time, time]:
    found = _HOURS.fullmatch(text.strip())
    try:
        if found:
            begins, ends = (time.fromisoformat(part.zfill(5)) for part in found.groups())
            return begins, ends
    except ValueError:
        pass
    raise ArgumentTypeError(f"“{text}” không phải khung giờ; viết như 22:00-04:00")


def _day(text: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ArgumentTypeError(f"“{text}” không phải một ngày; viết như 01/12/2026")


def _ring(options: dict[str, Any], say: Say) -> None:
    tenant = set_ring(tenant=_tenant(options), ring=options["ring"], by=commander(), now=timezone.now())
    say(f"{tenant.code} {tenant.name}: vòng {Ring(tenant.ring).label}.")


def _turn(options: dict[str, Any], say: Say) -> None:
    tenant = _tenant(options)
    wish = get_wish(tenant)
    begins, ends = options["window"] or (wish.window_from, wish.window_to)
    if options["any_hour"]:
        begins = ends = None
    wish = set_order_and_window(
        tenant=tenant,
        order=wish.order if options["order"] is None else options["order"],
        window_from=begins,
        window_to=ends,
        by=commander(),
        now=timezone.now(),
    )
    hours = f"{begins:%H:%M} đến {ends:%H:%M}" if begins and ends else "bất kỳ giờ nào"
    say(f"{tenant.code} {tenant.name}: thứ tự {wish.order}, {hours}.")


def _defer(options: dict[str, Any], say: Say) -> None:
    tenant, release = _tenant(options), get_release(options["release"])
    wish = defer_release(
        tenant=tenant,
        release=release.name,
        until=options["until"],
        reason=options["reason"],
        by=commander(),
        now=timezone.now(),
    )
    say(f"{tenant.code} {tenant.name}: bản {release.name} hoãn đến {wish.deferred_until:%d/%m/%Y}.")


def _undefer(options: dict[str, Any], say: Say) -> None:
    tenant = _tenant(options)
    cancel_deferral(tenant=tenant, by=commander(), now=timezone.now())
    say(f"{tenant.code} {tenant.name}: đã bỏ hoãn.")


def _tenant(options: dict[str, Any]) -> Tenant:
    found = find_tenant(options["code"])
    if found is None:
        raise TenantUnknown(value=options["code"])
    return found
