"""``manage.py tenant rename`` and ``tenant host add | remove | list``."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tenants.provisioning.errors import TenantUnknown
from tenants.provisioning.services import add_host, remove_host, rename_tenant
from tenants.registry.acts import command_line_operator
from tenants.registry.selectors import find_tenant, list_domains

Say = Callable[[str], None]


def add(sub: Any) -> None:
    rename = sub.add_parser("rename", help="đổi địa chỉ chính (địa chỉ cũ chuyển tiếp), đổi tên")
    rename.add_argument("code")
    rename.add_argument("--host", default="", help="địa chỉ chính mới")
    rename.add_argument("--name", default="", help="tên mới")
    rename.set_defaults(run=_rename)
    verbs = sub.add_parser("host", help="các địa chỉ").add_subparsers(dest="host_action", required=True)
    extra = verbs.add_parser("add", help="thêm một địa chỉ, chuyển tiếp về địa chỉ chính")
    extra.add_argument("code")
    extra.add_argument("host")
    extra.add_argument("--answers", action="store_true", help="tự trả lời, không chuyển tiếp")
    extra.set_defaults(run=_add)
    gone = verbs.add_parser("remove", help="bỏ một địa chỉ")
    gone.add_argument("code")
    gone.add_argument("host")
    gone.add_argument(
        "--instead", default="", metavar="HOST", help="địa chỉ chính mới, khi bỏ chính địa chỉ chính"
    )
    gone.set_defaults(run=_remove)
    shown = verbs.add_parser("list", help="liệt kê")
    shown.add_argument("code")
    shown.set_defaults(run=_list)


def _rename(options: dict[str, Any], say: Say) -> None:
    tenant = rename_tenant(
        code=options["code"],
        host=options["host"],
        name=options["name"],
        by=command_line_operator(),
        now=timezone.now(),
    )
    address = list_domains(tenant)[0].domain
    again = " Mọi người đăng nhập lại ở địa chỉ mới." if options["host"] else ""
    say(f"{tenant.code} {tenant.name}: {address}.{again}")


def _add(options: dict[str, Any], say: Say) -> None:
    made = add_host(
        code=options["code"],
        host=options["host"],
        answers=options["answers"],
        by=command_line_operator(),
        now=timezone.now(),
    )
    say(f"Đã thêm {made.domain}.")


def _remove(options: dict[str, Any], say: Say) -> None:
    remove_host(
        code=options["code"],
        host=options["host"],
        instead=options["instead"],
        by=command_line_operator(),
        now=timezone.now(),
    )
    say(f"Đã bỏ {options['host']}.")


def _list(options: dict[str, Any], say: Say) -> None:
    tenant = find_tenant(options["code"])
    if tenant is None:
        raise TenantUnknown(value=options["code"])
    for one in list_domains(tenant):
        kind = "chính" if one.is_primary else "chuyển tiếp" if one.redirects else "phụ"
        say(f"{one.domain}\t{kind}")
