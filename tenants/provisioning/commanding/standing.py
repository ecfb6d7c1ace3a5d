"""``manage.py tenant suspend | resume | retire | succeed | drop | alias``."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tenants.provisioning.services import (
    add_alias,
    drop_tenant,
    remove_alias,
    resume_tenant,
    retire_tenant,
    succeed_tenant,
    suspend_tenant,
)
from tenants.provisioning.services.life import MODES
from tenants.registry.acts import command_line_operator

Say = Callable[[str], None]


def add(sub: Any) -> None:
    suspend = _verb(sub, "suspend", "chỉ cho xem, hoặc đóng", _suspend)
    suspend.add_argument("--mode", required=True, choices=sorted(MODES))
    suspend.add_argument("--notice", required=True, help="lời báo cho người dân và cán bộ")
    suspend.add_argument("--reason", default="", help="lý do ghi vào nhật ký, nếu khác lời báo")
    suspend.add_argument("--confirm", default="", metavar="CODE", help="gõ lại mã khi đóng (closed)")
    _verb(sub, "resume", "mở lại như trước", _resume).add_argument("--reason", default="")
    retire = _verb(sub, "retire", "thôi hoạt động; giữ dữ liệu", _retire)
    retire.add_argument("--reason", required=True)
    retire.add_argument("--notice", default="", help="lời báo cho người còn tìm đến")
    succeed = sub.add_parser("succeed", help="được tiếp tục ở nơi khác: OLD thôi hoạt động, NEW tiếp tục")
    succeed.add_argument("old")
    succeed.add_argument("new")
    succeed.add_argument("--ground", required=True, help="văn bản làm căn cứ")
    succeed.set_defaults(run=_succeed)
    drop = _verb(sub, "drop", "xóa dữ liệu của nơi đã thôi hoạt động", _drop)
    drop.add_argument("--without-archive", default="", metavar="REASON", help="lý do không cần bản lưu trữ")
    for one in (retire, succeed, drop):
        one.add_argument("--confirm", required=True, metavar="CODE", help="gõ lại mã để xác nhận")
    alias = _verb(sub, "alias", "thêm hoặc bỏ một mã cũ", _alias)
    alias.add_argument("alias")
    kind = alias.add_mutually_exclusive_group(required=True)
    kind.add_argument("--ground", help="văn bản làm căn cứ")
    kind.add_argument("--remove", metavar="REASON", help="bỏ mã đã ghi nhầm, và vì sao")


def _verb(sub: Any, name: str, words: str, run: Callable[[dict[str, Any], Say], None]) -> Any:
    parser = sub.add_parser(name, help=words)
    parser.add_argument("code", help="mã, ví dụ H21")
    parser.set_defaults(run=run)
    return parser


def _pick(options: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: options[name] for name in names} | {"by": command_line_operator(), "now": timezone.now()}


def _suspend(options: dict[str, Any], say: Say) -> None:
    tenant = suspend_tenant(**_pick(options, "code", "mode", "notice", "reason", "confirm"))
    say(f"{tenant.code} {tenant.name}: {tenant.get_state_display()}.")


def _resume(options: dict[str, Any], say: Say) -> None:
    tenant = resume_tenant(**_pick(options, "code", "reason"))
    say(f"{tenant.code} {tenant.name}: {tenant.get_state_display()}.")


def _retire(options: dict[str, Any], say: Say) -> None:
    tenant = retire_tenant(**_pick(options, "code", "reason", "notice", "confirm"))
    say(f"{tenant.code} {tenant.name}: {tenant.get_state_display()}. Dữ liệu còn nguyên.")


def _succeed(options: dict[str, Any], say: Say) -> None:
    tenant = succeed_tenant(**_pick(options, "old", "new", "ground", "confirm"))
    say(f"{options['old']} được tiếp tục ở {tenant.code} {tenant.name}.")


def _drop(options: dict[str, Any], say: Say) -> None:
    files = drop_tenant(**_pick(options, "code", "confirm", "without_archive"))
    say(f"Đã xóa dữ liệu của {options['code']} và {files} tệp.")


def _alias(options: dict[str, Any], say: Say) -> None:
    if options["remove"] is not None:
        remove_alias(**_pick(options, "code", "alias"), reason=options["remove"])
        say(f"Đã bỏ mã cũ {options['alias']} của {options['code']}.")
        return
    made = add_alias(**_pick(options, "code", "alias", "ground"))
    say(f"{made.code} là mã cũ của {made.tenant.code} {made.tenant.name}.")
