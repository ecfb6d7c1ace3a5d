"""From the file to a tenant: everything is read and refused first, then carried out step by step.

Schema, registry rows and role are one transaction. Each step after it is one
of its own, compared with what is there just before: a run that was cut off is
completed by running the file again, and a run on what is there already does
nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from tenants.provisioning.onboarding.errors import OnboardingRefused, OnboardingUnderWay
from tenants.provisioning.onboarding.frame import Frame, name_kept_addresses, plan_frame, read_frame
from tenants.provisioning.onboarding.reading import Reading
from tenants.provisioning.onboarding.steps import Plan, get_steps
from tenants.provisioning.services.creation import create_tenant
from tenants.registry.acts import record_act
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Domain, Tenant, TenantAlias
from tenants.registry.selectors import find_tenant, forget_hosts, get_tenant


@dataclass(frozen=True, slots=True)
class Order:
    """A file without problems."""

    frame: Frame
    reading: Reading


@dataclass(frozen=True, slots=True)
class Progress:
    """``line`` is told every change in words, ``step`` where it stands: title, number, of how many."""

    line: Callable[[str], None] = lambda text: None
    step: Callable[[str, int, int], None] = lambda title, number, total: None


def read_order(*, main: str, open_file: Callable[[str], bytes | None], now: datetime) -> Order:
    """``open_file``: the bytes of a file beside, by its name, or None. Raises OnboardingRefused with every problem."""
    reading = Reading(main=main, open_file=open_file)
    if reading.problems:  # nothing more can be said of a file that is no TOML
        raise OnboardingRefused(reading.problems)
    frame = read_frame(reading, today=timezone.localdate(now))
    reading.parts["frame"] = frame
    with _place_of(reading.tenant):
        for step in get_steps():
            reading.parts[step.key] = step.read(reading)
    reading.root.done()
    if reading.problems:
        raise OnboardingRefused(sorted(set(reading.problems)))
    return Order(frame, reading)


def plan_onboarding(*, order: Order) -> list[str]:
    """Every line that a run would say now; changes nothing."""
    tenant = find_tenant(order.frame.code)
    with central_context():
        lines = plan_frame(order.frame, tenant)
    with _place_of(tenant):
        for step in get_steps():
            lines += step.plan(order.reading.parts[step.key], tenant is not None).lines
    return lines


def list_kept(*, order: Order) -> list[str]:
    """What the tenant has and the file does not name, in words: a run takes nothing away."""
    tenant = find_tenant(order.frame.code)
    if tenant is None:
        return []
    with central_context():
        lines = name_kept_addresses(order.frame, tenant)
    with _place_of(tenant):
        for step in get_steps():
            lines += step.plan(order.reading.parts[step.key], True).kept
    return lines


def onboard(*, order: Order, by: Actor, now: datetime, progress: Progress | None = None) -> Tenant:
    """Carry out what differs. Raises OnboardingUnderWay; a refusal of a step leaves the steps before it done."""
    tell, frame = progress or Progress(), order.frame
    with _alone(frame.code):
        total = len(get_steps()) + 1
        tell.step(_("Sổ đăng ký, lược đồ, quyền"), 1, total)
        changed = _stand(frame, by, now, tell)
        tenant = get_tenant(frame.code)
        for number, step in enumerate(get_steps(), start=2):
            tell.step(str(step.title), number, total)
            with tenant_context(tenant), transaction.atomic():
                plan: Plan = step.plan(order.reading.parts[step.key], True)
                if not plan.lines:
                    continue
                plan.carry_out(by, now)
            changed += len(plan.lines)
            for line in plan.lines:
                tell.line(line)
        if changed:
            with transaction.atomic():
                record_act(
                    by=by,
                    action="tenant.onboarded",
                    now=now,
                    tenant_code=frame.code,
                    facts={"changes": changed, "notes": list(frame.notes)},
                )
    return tenant


def _stand(frame: Frame, by: Actor, now: datetime, tell: Progress) -> int:
    """Registry, schema and role: all of it or nothing. How many lines were said."""
    with central_context(), transaction.atomic():
        tenant = Tenant.objects.select_for_update(of=("self",)).filter(code=frame.code).first()
        lines = plan_frame(frame, tenant)
        if not lines:
            return 0
        if tenant is None:
            tenant = create_tenant(
                code=frame.code,
                name=frame.name,
                kind=frame.kind,
                host=frame.hosts[0],
                now=now,
                state=TenantState.PREPARING,
                ring=frame.ring,
            )
        Tenant.objects.filter(id=tenant.id).update(name=frame.name, ring=frame.ring)
        _add_addresses(frame, tenant, now)
        record_act(
            by=by, action="tenant.registered", now=now, tenant_code=frame.code, facts={"changes": lines}
        )
    forget_hosts()
    for line in lines:
        tell.line(line)
    return len(lines)


def _add_addresses(frame: Frame, tenant: Tenant, now: datetime) -> None:
    hosts = set(Domain.objects.filter(tenant=tenant).values_list("domain", flat=True))
    aliases = set(TenantAlias.objects.filter(tenant=tenant).values_list("code", flat=True))
    for host in frame.hosts:
        if host not in hosts:
            Domain.objects.create(domain=host, tenant=tenant, is_primary=False)
    for code, ground in frame.aliases:
        if code not in aliases:
            TenantAlias.objects.create(code=code, tenant=tenant, ground=ground, created_at=now)


@contextmanager
def _place_of(tenant: Tenant | None) -> Iterator[None]:
    """The tenant's own place when it is there, the centre otherwise."""
    with tenant_context(tenant) if tenant is not None else central_context():
        yield


@contextmanager
def _alone(code: str) -> Iterator[None]:
    """Two onboardings of one tenant never mix: the second is refused. A process that dies lets go of it."""
    key = f"onboarding:{code}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        if not cursor.fetchone()[0]:
            raise OnboardingUnderWay(value=code)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
