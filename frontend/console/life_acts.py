"""The acts on a tenant's life that the console offers: which, when, with what to fill in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.provisioning import services
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant

_OPEN = frozenset({TenantState.READY, TenantState.READ_ONLY, TenantState.SUSPENDED})
_CLOSABLE = frozenset({TenantState.PREPARING, TenantState.READY, TenantState.READ_ONLY})


@dataclass(frozen=True, slots=True)
class LifeAct:
    """``fields``: what the form asks, by the names of the service's parameters. ``then``: what happens when pressed."""

    slug: str
    title: str | Promise
    then: str | Promise
    states: frozenset[TenantState]
    fields: tuple[str, ...]
    run: Callable[..., Any]
    is_danger: bool = False

    def is_open_to(self, tenant: Tenant) -> bool:
        return tenant.state in self.states and tenant.dropped_at is None


ACTS = {
    act.slug: act
    for act in (
        LifeAct(
            "resume",
            _("Mở lại"),
            _("Mọi người vào và làm việc như trước trong khoảng một giây."),
            frozenset({TenantState.READ_ONLY, TenantState.SUSPENDED}),
            ("reason",),
            services.resume_tenant,
        ),
        LifeAct(
            "read-only",
            _("Chỉ cho xem"),
            _("Ai cũng xem và tra cứu được; mọi việc ghi bị từ chối kèm lời báo. Cán bộ vẫn đăng nhập được."),
            _OPEN,
            ("notice", "reason"),
            lambda **values: services.suspend_tenant(mode="read-only", **values),
        ),
        LifeAct(
            "rename",
            _("Đổi địa chỉ hoặc tên"),
            _("Địa chỉ cũ chuyển tiếp sang địa chỉ mới; mọi người phải đăng nhập lại ở địa chỉ mới."),
            frozenset({TenantState.PREPARING, *_OPEN}),
            ("host", "name"),
            services.rename_tenant,
        ),
        LifeAct(
            "close",
            _("Đóng tạm"),
            _("Không ai vào được; người đến đọc lời báo. Dữ liệu giữ nguyên."),
            _CLOSABLE,
            ("notice", "reason", "confirm"),
            lambda **values: services.suspend_tenant(mode="closed", **values),
            is_danger=True,
        ),
        LifeAct(
            "succeed",
            _("Chuyển cho nơi tiếp tục"),
            _("Nơi này thôi hoạt động; địa chỉ và mã của nó dẫn sang nơi tiếp tục. Hồ sơ không tự chuyển."),
            _OPEN | {TenantState.RETIRED},
            ("new", "ground", "confirm"),
            lambda code, **values: services.succeed_tenant(old=code, **values),
            is_danger=True,
        ),
        LifeAct(
            "retire",
            _("Thôi hoạt động"),
            _(
                "Địa chỉ trả lời “đã thôi hoạt động”; dữ liệu giữ nguyên và không ghi thêm được. Không mở lại được."
            ),
            frozenset({TenantState.PREPARING, *_OPEN}),
            ("reason", "notice", "confirm"),
            services.retire_tenant,
            is_danger=True,
        ),
        LifeAct(
            "drop",
            _("Xóa dữ liệu"),
            _("Lược đồ, quyền truy cập và tệp bị xóa hẳn; chỉ còn bản lưu trữ đã xuất trước đó."),
            frozenset({TenantState.RETIRED}),
            ("without_archive", "confirm"),
            services.drop_tenant,
            is_danger=True,
        ),
    )
}


def list_open_acts(tenant: Tenant) -> list[LifeAct]:
    return [
        act
        for act in ACTS.values()
        if act.is_open_to(tenant) and not (act.slug == "succeed" and tenant.successor_id)
    ]
