"""Which names a host may have, and whose it is already."""

import re

from kernel.errors import DomainError
from tenants.provisioning import errors
from tenants.registry.models import Domain

HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


def refuse_host(host: str, *, field: str = "host") -> DomainError | None:
    """Why a new host cannot be called so, or None. At the centre."""
    if not HOST.fullmatch(host):
        return errors.HostInvalid(field=field, value=host)
    if domain := Domain.objects.select_related("tenant").filter(domain=host).first():
        return errors.HostTaken(field=field, value=host, owner=domain.tenant.name)
    return None
