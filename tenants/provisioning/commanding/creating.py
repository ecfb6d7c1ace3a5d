"""``manage.py tenant create | list``."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tenants.provisioning.archive.names import release_name
from tenants.provisioning.services import register_tenant
from tenants.registry.selectors import list_hosts, list_tenants
from tenants.registry.verbs import commander


def add(sub: Any) -> None:
    create = sub.add_parser(
        "create", help="tạo một nơi trống, chưa mở cho người dân; có tệp khai báo thì dùng onboard"
    )
    create.add_argument("--code", required=True, help="mã định danh, ví dụ H21")
    create.add_argument("--name", required=True, help="tên đầy đủ")
    create.add_argument("--kind", required=True, help="PROVINCE hoặc MINISTRY")
    create.add_argument("--host", required=True, help="tên máy chủ")
    create.set_defaults(run=_create)
    sub.add_parser("list", help="liệt kê").set_defaults(run=_list)


def _create(options: dict[str, Any], say: Callable[[str], None]) -> None:
    tenant = register_tenant(
        code=options["code"],
        name=options["name"],
        kind=options["kind"],
        host=options["host"],
        by=commander(),
        now=timezone.now(),
    )
    say(
        f"Đã tạo {tenant.code} {tenant.name}: {options['host']}, đang chuẩn bị, bản {release_name(tenant.release)}."
    )


def _list(options: dict[str, Any], say: Callable[[str], None]) -> None:
    hosts = list_hosts()
    for tenant in list_tenants():
        say(f"{tenant.code}\t{tenant.state}\t{hosts.get(tenant.id, '')}\t{tenant.name}")
