"""What every act on a tenant's life asks first."""

from tenants.provisioning import errors
from tenants.registry.models import Tenant


def lock_tenant(code: str) -> Tenant:
    """The row of exactly this code, locked: an alias never leads an act to a tenant that was not named."""
    tenant = (
        Tenant.objects.select_for_update(of=("self",)).exclude(schema_name="public").filter(code=code).first()
    )
    if tenant is None:
        raise errors.TenantUnknown(field="code", value=code)
    return tenant


def require_confirmation(tenant: Tenant, confirm: str) -> None:
    """``confirm`` is the tenant's code as the operator typed it once more."""
    if confirm.strip() != tenant.code:
        raise errors.ConfirmationDiffers(field="confirm", value=tenant.code)


def require_reason(reason: str) -> str:
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    return reason.strip()[:500]


def state_not_fit(tenant: Tenant) -> errors.StateNotFit:
    return errors.StateNotFit(owner=tenant.name, state=tenant.get_state_display())
