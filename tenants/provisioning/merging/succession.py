"""What a merge means in the registry while it runs; at its end ``services.succeed_tenant`` says who goes on in whom."""

from django.utils.translation import gettext as _

from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.selectors import forget_hosts


def only_read(going: Tenant, *, into: Tenant) -> None:
    """While its rows are carried it can be looked at."""
    notice = _("Đang chuyển dữ liệu sang {into}: chỉ xem, chưa nhận hồ sơ mới.").format(into=into.name)
    Tenant.objects.filter(id=going.id).update(state=TenantState.READ_ONLY, notice=notice[:300])
    forget_hosts()


def open_again(going: Tenant, *, state: str, notice: str) -> None:
    Tenant.objects.filter(id=going.id).update(state=state, notice=notice)
    forget_hosts()
