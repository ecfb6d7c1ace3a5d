"""Where the roof hangs in how first administrators come in: this house knows no person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from kernel.actors import Actor
from tenants.provisioning.errors import DataDropped
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import get_tenant


@dataclass(frozen=True, slots=True)
class FirstAddress:
    """``url`` opens the door once; it is shown to one person and kept nowhere."""

    username: str
    full_name: str
    url: str


class Issuer(Protocol):
    def __call__(
        self, tenant: Tenant, by: Actor, now: datetime, *, again: bool = False
    ) -> list[FirstAddress]: ...


_issuer: Issuer | None = None


def set_link_issuer(issuer: Issuer) -> None:
    """Wired once by the roof: a link for each administrator without a password; who holds one that works gets none,
    unless ``again``.
    """
    global _issuer
    _issuer = issuer


def issue_first_links(*, tenant: Tenant, by: Actor, now: datetime) -> list[FirstAddress]:
    return _wired()(tenant, by, now)


@transaction.atomic
def reissue_first_links(*, code: str, by: Actor, now: datetime) -> list[FirstAddress]:
    """New ones for administrators who have set no password yet; their older ones are void.

    Nobody's password is touched, so nobody's account is taken over. Raises DataDropped.
    """
    tenant = get_tenant(code)
    if tenant.dropped_at is not None:
        raise DataDropped(owner=tenant.name)
    told = _wired()(tenant, by, now, again=True)
    with central_context():
        record_act(
            by=by, action="tenant.links_reissued", now=now, tenant_code=code, facts={"people": len(told)}
        )
    return told


def _wired() -> Issuer:
    if _issuer is None:
        raise RuntimeError("no issuer of first links is wired")
    return _issuer
