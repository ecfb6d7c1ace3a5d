"""Where the roof hangs in how first administrators come in: this house knows no person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kernel.actors import Actor
from tenants.registry.models import Tenant


@dataclass(frozen=True, slots=True)
class FirstAddress:
    """``url`` opens the door once; it is shown to one person and kept nowhere."""

    username: str
    full_name: str
    url: str


Issuer = Callable[[Tenant, Actor, datetime], list[FirstAddress]]
_issuer: Issuer | None = None


def set_link_issuer(issuer: Issuer) -> None:
    """Wired once by the roof: a link for each administrator who has none that works and no password."""
    global _issuer
    _issuer = issuer


def issue_first_links(*, tenant: Tenant, by: Actor, now: datetime) -> list[FirstAddress]:
    if _issuer is None:
        raise RuntimeError("no issuer of first links is wired")
    return _issuer(tenant, by, now)
