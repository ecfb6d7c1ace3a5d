"""From a host name to what stands behind it, remembered in the process."""

import time
from typing import NamedTuple

import structlog
from django.db import connection, transaction

from kernel.valkey import redis
from tenants.registry import stamp
from tenants.registry.context import central_context
from tenants.registry.models import Domain, Tenant

_HOST_SECONDS = 30.0  # the longest that a change may go unseen when Valkey is down
_LOOK_SECONDS = 1.0  # how often the stamp is looked at
SEEN_SECONDS = _LOOK_SECONDS + 0.25  # after forget_hosts every process knows by then
_REST_SECONDS = 5.0  # after Valkey did not answer
_MOST_HOSTS = 4096  # hosts come from outside: the memory must not grow with them

log = structlog.get_logger("registry")


class Place(NamedTuple):
    """``moved_to``: the host at which people find it now, when this one is an address of before or of a predecessor."""

    tenant: Tenant
    redirects: bool
    moved_to: str


class _Memory:
    """One a process. ``turn`` counts how often it was emptied: an answer that was read before the last
    emptying is not kept, because it may be of before the change."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[float, Place | None]] = {}
        self.turn = 0
        self.seen: str | None = None
        self.look_at = 0.0

    def empty(self) -> None:
        self.turn += 1
        self.places = {}

    def look(self, moment: float) -> None:
        """At most once a second, whatever comes in."""
        if moment < self.look_at:
            return
        self.look_at = moment + _LOOK_SECONDS
        try:
            found = stamp.read_stamp()
        except redis.RedisError as failure:
            self.look_at = moment + _REST_SECONDS
            log.warning("stamp not read", exception=type(failure).__qualname__)
            return
        if found != self.seen:
            self.seen = found
            self.empty()


_memory = _Memory()


def find_place(host: str) -> Place | None:
    """What stands behind a host name, or None. One statement when it is not remembered."""
    moment = time.monotonic()
    _memory.look(moment)
    known = _memory.places.get(host)
    if known is not None and known[0] > moment:
        return known[1]
    turn = _memory.turn
    place = _read(host)
    if len(_memory.places) > _MOST_HOSTS:
        _memory.empty()
    elif turn == _memory.turn:
        _memory.places[host] = (moment + _HOST_SECONDS, place)
    return place


def _read(host: str) -> Place | None:
    with central_context():
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        if domain is None:
            return None
        tenant = domain.tenant
        survivor = follow_successors(tenant)
        moved = domain.redirects or survivor.id != tenant.id
        return Place(tenant, domain.redirects, _primary_host(survivor) if moved else "")


def follow_successors(tenant: Tenant) -> Tenant:
    """The tenant that it lives on in; itself when it has no successor. Chains end: only a retired one has a next."""
    while tenant.successor_id is not None:
        tenant = Tenant.objects.get(id=tenant.successor_id)
    return tenant


def _primary_host(tenant: Tenant) -> str:
    return Domain.objects.values_list("domain", flat=True).get(tenant_id=tenant.id, is_primary=True)


def forget_hosts() -> None:
    """After a tenant was created, renamed, suspended, upgraded: here at once, elsewhere within about a second.

    Inside a transaction the others are told when it is committed, and this
    process forgets once more then.
    """
    _memory.empty()
    if connection.in_atomic_block:
        transaction.on_commit(_tell)
    else:
        stamp.renew_stamp()


def _tell() -> None:
    _memory.empty()
    stamp.renew_stamp()
