"""Whether a feature is switched on for a tenant. Only those of known_flags.py may be asked for."""

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.kept import Kept
from tenants.releases.known_flags import get_known_flag
from tenants.releases.models import FeatureFlag


def _read() -> dict[str, FeatureFlag]:
    return {flag.key: flag for flag in list_flags()}


_flags = Kept(_read)


def is_on(*, key: str, tenant: Tenant) -> bool:
    """No statement when warm. A change made elsewhere is seen within half a minute. Raises KeyError: no such flag."""
    known = get_known_flag(key)
    flag = _flags.get().get(key)
    return known.on_until_set if flag is None else reaches(flag, code=tenant.code, ring=tenant.ring)


def reaches(flag: FeatureFlag, *, code: str, ring: str) -> bool:
    """A tenant that is named goes before its ring."""
    if code in flag.tenants_off:
        return False
    return code in flag.tenants_on or ring in flag.rings


def list_flags() -> list[FeatureFlag]:
    """By key."""
    with central_context():
        return list(FeatureFlag.objects.order_by("key"))


def find_flag(key: str) -> FeatureFlag | None:
    with central_context():
        return FeatureFlag.objects.filter(key=key).first()


def forget_flags() -> None:
    """After a change made by this process."""
    _flags.forget()
