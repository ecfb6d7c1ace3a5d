"""``manage.py tenant export | restore | kept``."""

import os
import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.kept import list_kept_of
from tenants.provisioning.archive.names import release_name
from tenants.provisioning.archive.places import read_place
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.errors import TenantUnknown
from tenants.provisioning.services import drop_kept
from tenants.registry.selectors import find_tenant
from tenants.registry.verbs import commander

_NICE = 10  # people's requests go first


def add(sub: Any) -> None:
    export = sub.add_parser("export", help="xuất toàn bộ một bộ, tỉnh ra một tệp lưu trữ")
    export.add_argument("code", help="mã định danh, ví dụ H21")
    export.add_argument("--to", required=True, help="tệp sẽ ghi, ví dụ h21.motcua hoặc s3://kho/h21.motcua")
    export.set_defaults(run=_export)
    restore = sub.add_parser(
        "restore", help="khôi phục một bộ, tỉnh từ tệp lưu trữ, bên cạnh các nơi đang chạy"
    )
    restore.add_argument("file", help="tệp lưu trữ, hoặc s3://kho/tên")
    restore.add_argument("--as", dest="as_code", help="khôi phục thành nơi có mã khác")
    restore.add_argument("--host", help="tên máy chủ của nơi được khôi phục")
    restore.add_argument(
        "--replace", action="store_true", help="thay dữ liệu đang chạy của chính bộ, tỉnh đó"
    )
    restore.add_argument("--confirm", default="", help="gõ lại mã của nơi bị thay dữ liệu")
    restore.add_argument(
        "--drop-replaced", action="store_true", help="xóa hẳn dữ liệu cũ thay vì giữ sang một bên"
    )
    restore.add_argument("--to-shape", action="store_true", help="chấp nhận lược đồ đúng của bản phát hành")
    restore.set_defaults(run=_restore)
    kept = sub.add_parser("kept", help="dữ liệu cũ mà các lần khôi phục còn giữ lại, và xóa nó")
    kept.add_argument("code", help="mã định danh, ví dụ H21")
    kept.add_argument(
        "--drop", nargs="*", metavar="SCHEMA", help="xóa những lược đồ này; không nêu tên là tất cả"
    )
    kept.add_argument("--confirm", default="", help="gõ lại mã của nơi đó")
    kept.set_defaults(run=_kept)


def _export(options: dict[str, Any], say: Callable[[str], None]) -> None:
    os.nice(_NICE)
    begun = time.monotonic()
    place = read_place(options["to"])
    archive = export_tenant(code=options["code"], to=place, by=commander(), now=timezone.now(), say=say)
    say(
        f"Đã xuất {options['code']}: {archive.rows} hàng, {archive.files} tệp, {archive.size} byte"
        f" trong {_seconds(begun)} s."
    )
    say(f"{archive.sha256}  {archive.path}")


def _restore(options: dict[str, Any], say: Callable[[str], None]) -> None:
    os.nice(_NICE)
    begun = time.monotonic()
    restored = restore_tenant(
        path=read_place(options["file"]),
        by=commander(),
        now=timezone.now(),
        code=options["as_code"],
        host=options["host"],
        replace=options["replace"],
        confirm=options["confirm"],
        drop_replaced=options["drop_replaced"],
        to_shape=options["to_shape"],
        say=say,
    )
    tenant = restored.tenant
    if not restored.listed:
        say("Chú ý: sổ trung ương không ghi tệp lưu trữ này; nó được xuất ở một bản triển khai khác.")
    say(
        f"Đã khôi phục {tenant.code} {tenant.name}: {restored.rows} hàng, {restored.files} tệp,"
        f" giống hệt tệp lưu trữ ở mọi bảng, trong {_seconds(begun)} s."
    )
    fleet = find_birth_release() or tenant.release
    if tenant.release > fleet:
        say(
            f"Chú ý: nơi này ở bản {release_name(tenant.release)}, mới hơn bản {release_name(fleet)} của cả hệ thống."
        )
    if restored.kept:
        say(f"Dữ liệu trước đó được giữ ở lược đồ {restored.kept}.")
        say(f"Đối chiếu xong thì xóa: manage.py tenant kept {tenant.code} --drop --confirm {tenant.code}")


def _kept(options: dict[str, Any], say: Callable[[str], None]) -> None:
    code = options["code"]
    if options["drop"] is None:
        tenant = find_tenant(code)
        if tenant is None:
            raise TenantUnknown(value=code)
        found = list_kept_of(tenant)
        for one in found:
            say(f"{one.schema}\tgiữ từ {one.day:%d/%m/%Y}\t{one.size} byte")
        if not found:
            say(f"{code} không còn dữ liệu cũ nào được giữ.")
        return
    dropped = drop_kept(
        code=code, schemas=options["drop"], confirm=options["confirm"], by=commander(), now=timezone.now()
    )
    say(f"Đã xóa {', '.join(dropped)}.")


def _seconds(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f}".replace(".", ",")
