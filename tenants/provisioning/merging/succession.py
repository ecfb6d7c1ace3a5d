"""What a merge means in the registry: one goes, its code and its hosts lead to the other."""

from datetime import datetime

from django.utils.translation import gettext as _

from kernel.actors import Actor
from tenants.registry.acts import record_act
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant, TenantAlias
from tenants.registry.selectors import forget_hosts


def only_read(going: Tenant, *, into: Tenant) -> None:
    """While its rows are carried it can be looked at."""
    notice = _("Đang chuyển dữ liệu sang {into}: chỉ xem, chưa nhận hồ sơ mới.").format(into=into.name)
    Tenant.objects.filter(id=going.id).update(state=TenantState.READ_ONLY, notice=notice[:300])
    forget_hosts()


def open_again(going: Tenant, *, state: str, notice: str) -> None:
    Tenant.objects.filter(id=going.id).update(state=state, notice=notice)
    forget_hosts()


def end_and_succeed(*, source: str, into: str, ground: str, by: Actor, now: datetime) -> None:
    """Inside the transaction that ends the merge: retired, with a successor to which its codes and hosts lead."""
    staying = Tenant.objects.select_for_update().get(code=into)
    going = Tenant.objects.select_for_update().get(code=source)
    going.state, going.successor = TenantState.RETIRED, staying
    going.notice = _("Đã nhập vào {into}.").format(into=staying.name)[:300]
    going.save(update_fields=["state", "successor", "notice"])
    TenantAlias.objects.filter(tenant=going).update(tenant=staying)
    TenantAlias.objects.create(code=going.code, tenant=staying, ground=ground[:300], created_at=now)
    record_act(
        by=by,
        action="tenant.merged",
        tenant_code=source,
        reason=ground[:500],
        now=now,
        facts={"into": into},
    )
    forget_hosts()
