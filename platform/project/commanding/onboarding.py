"""``manage.py tenant onboard | link | ready | open``: from a file to a tenant that is open to the public."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from project.onboarding.links import issue_link
from tenants.provisioning.archive.errors import ArchiveExists
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.places import read_place
from tenants.provisioning.onboarding.errors import TenantUnknown
from tenants.provisioning.onboarding.links import FirstAddress, issue_first_links
from tenants.provisioning.onboarding.running import (
    Order,
    Progress,
    list_kept,
    onboard,
    plan_onboarding,
    read_order,
)
from tenants.provisioning.readiness.checking import Line, check_ready
from tenants.provisioning.readiness.opening import open_tenant
from tenants.registry.models import Tenant
from tenants.registry.selectors import find_tenant
from tenants.registry.verbs import commander

Say = Callable[[str], None]


def add(sub: Any) -> None:
    bring = sub.add_parser(
        "onboard", help="khởi tạo một bộ, tỉnh từ tệp khai báo; chạy lại thì chỉ sửa phần khác với tệp"
    )
    bring.add_argument("file", type=Path, help="tệp TOML; các tệp CSV đặt cạnh nó")
    bring.add_argument("--dry-run", action="store_true", help="chỉ in kế hoạch, không đổi gì")
    bring.add_argument("--export", metavar="TO", help="xuất luôn bản sao lưu đầu tiên khi xong")
    bring.add_argument("--ready", action="store_true", help="kiểm tra luôn danh sách sẵn sàng khi xong")
    bring.set_defaults(run=_onboard)
    link = sub.add_parser("link", help="cấp liên kết chọn mật khẩu lần đầu, hiện một lần")
    link.add_argument("code", help="mã của bộ, tỉnh")
    link.add_argument("username", help="tên đăng nhập")
    link.set_defaults(run=_link)
    ready = sub.add_parser("ready", help="kiểm tra đã mở cho người dân được chưa")
    ready.add_argument("code", help="mã của bộ, tỉnh")
    ready.set_defaults(run=_ready)
    opening = sub.add_parser("open", help="mở cho người dân")
    opening.add_argument("code", help="mã của bộ, tỉnh")
    opening.add_argument("--override", action="store_true", help="mở dù danh sách chưa đạt; cần --reason")
    opening.add_argument("--reason", default="", help="vì sao mở khi chưa đạt")
    opening.set_defaults(run=_open)


def _onboard(options: dict[str, Any], say: Say) -> int:
    """With ``--export`` and ``--ready`` one process does what three commands would; ends with 1 when a line is red."""
    file, now, by = options["file"], timezone.now(), commander()
    archive = read_place(options["export"]) if options["export"] else None
    if isinstance(archive, Path) and archive.exists():  # said before anything is done, not after all of it
        raise ArchiveExists(path=archive)
    order = read_order(main=file.name, open_file=lambda name: _beside(file, name), now=now)
    if options["dry_run"]:
        lines = plan_onboarding(order=order)
        for line in lines:
            say(f"+ {line}")
        _say_kept(order, say)
        say(_("Kế hoạch có {count} thay đổi; chưa làm gì.").format(count=len(lines)))
        return 0
    changes: list[str] = []

    def tell(line: str) -> None:
        changes.append(line)
        say(f"+ {line}")

    tenant = onboard(order=order, by=by, now=now, progress=Progress(line=tell))
    _say_kept(order, say)
    say(_("{code}: {count} thay đổi.").format(code=tenant.code, count=len(changes)))
    _say_links(issue_first_links(tenant=tenant, by=by, now=now), say)
    if archive is not None:
        export_tenant(code=tenant.code, to=archive, by=by, now=timezone.now())
        say(_("Bản sao lưu: {path}").format(path=archive))
    return _look(tenant, say) if options["ready"] else 0


def _say_kept(order: Order, say: Say) -> None:
    for line in list_kept(order=order):
        say(_("= Không có trong tệp, giữ nguyên: {what}").format(what=line))


def _beside(file: Path, name: str) -> bytes | None:
    try:
        return (file.parent / name).read_bytes()
    except OSError:
        return None


def _say_links(links: list[FirstAddress], say: Say) -> None:
    if links:
        say(_("Liên kết chọn mật khẩu, dùng một lần trong 7 ngày, không hiện lại:"))
    for link in links:
        say(f"  {link.username} ({link.full_name}): {link.url}")


def _link(options: dict[str, Any], say: Say) -> None:
    link = issue_link(
        tenant=_tenant(options), username=options["username"].lower(), by=commander(), now=timezone.now()
    )
    _say_links([link], say)


def _ready(options: dict[str, Any], say: Say) -> int:
    return _look(_tenant(options), say)


def _look(tenant: Tenant, say: Say) -> int:
    lines = check_ready(tenant=tenant, now=timezone.now())
    _say_list(lines, say)
    return 0 if all(line.ok for line in lines) else 1


def _say_list(lines: list[Line], say: Say) -> None:
    for line in lines:
        say(f"{'✓' if line.ok else '✗'} {line.title}: {line.said}")
        if line.todo:
            say(f"    → {line.todo}")
    red = sum(not line.ok for line in lines)
    say(_("Chưa đạt {count} mục.").format(count=red) if red else _("Mọi mục đều đạt."))


def _open(options: dict[str, Any], say: Say) -> None:
    lines = open_tenant(
        code=options["code"],
        override=options["override"],
        reason=options["reason"],
        by=commander(),
        now=timezone.now(),
    )
    _say_list(lines, say)
    say(_("{code} đã mở cho người dân.").format(code=options["code"]))


def _tenant(options: dict[str, Any]) -> Tenant:
    tenant = find_tenant(options["code"])
    if tenant is None:
        raise TenantUnknown(value=options["code"])
    return tenant
