"""Where the roof hangs in how first administrators come in: this house knows no person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from kernel.actors import Actor
from tenants.provisioning.errors import DataDropped
from tenants.provisioning.onboarding.errors import LinksToldAlready
from tenants.registry.acts import record_act
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct, Tenant

_REISSUED = "tenant.links_reissued"


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


def get_last_reissue(code: str) -> int:
    """Which time it was, to be said again when it is asked for anew; 0 before the first."""
    with central_context():
        acts = OperatorAct.objects.filter(action=_REISSUED, tenant_code=code)
        return acts.aggregate(last=Max("id"))["last"] or 0


@transaction.atomic
def reissue_first_links(*, code: str, after: int, by: Actor, now: datetime) -> list[FirstAddress]:
    """New ones for administrators who have set no password yet; their older ones are void.

    Nobody's password is touched, so nobody's account is taken over. ``after`` is get_last_reissue when the person
    decided: a page that is sent twice would void what has just been handed out. Raises DataDropped, LinksToldAlready.
    """
    with central_context():
        tenant = Tenant.objects.select_for_update(of=("self",)).get(code=code)
    if tenant.dropped_at is not None:
        raise DataDropped(owner=tenant.name)
    if get_last_reissue(code) != after:
        raise LinksToldAlready(code=code)
    told = _wired()(tenant, by, now, again=True)
    with central_context():
        record_act(by=by, action=_REISSUED, now=now, tenant_code=code, facts={"people": len(told)})
    return told


def _wired() -> Issuer:
    if _issuer is None:
        raise RuntimeError("no issuer of first links is wired")
    return _issuer
