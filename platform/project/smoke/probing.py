"""The probe's own place and account in a tenant: opened for one check, closed after it, whatever happened."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts import services as accounts
from apps.accounts.enums import Duty
from apps.dossiers import services as dossiers
from apps.organisations import services as organisations
from kernel.actors import SYSTEM
from kernel.errors import DomainError, Kind
from project.smoke.filling import FilledIn, fill_in
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant

log = structlog.get_logger(__name__)

USERNAME = "kiem-tra-he-thong"
_FULL_NAME = "Kiểm tra hệ thống"
_DUTIES = (Duty.SUPPORT, Duty.DIVISION_HEAD)  # hands in without accepting; decides on a withdrawal


class ProbeBusy(DomainError):
    code = "smoke.probe_busy"
    sentence = _("Một lần kiểm tra khác đang chạy ở {tenant}.")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, repr=False)
class Probe:
    """``filled``: None where no procedure in force can be tried. The password lives as long as the check."""

    username: str
    password: str
    filled: FilledIn | None


@contextmanager
def probe(*, tenant: Tenant, address: str, now: datetime) -> Iterator[Probe]:
    """Commits before it hands out, so that the web server sees it. One at a time in a tenant.

    What an earlier probe left open is withdrawn first, and what this one leaves
    open last. Raises ProbeBusy, and what the services raise where the schema or
    a name stands in the way.
    """
    with _alone(tenant):
        password = secrets.token_urlsafe(32)
        try:
            with tenant_context(tenant), transaction.atomic():
                unit = organisations.open_probe_unit(by=SYSTEM, now=now)
                dossiers.withdraw_probes(by=SYSTEM, now=now)
                accounts.lend_account(
                    username=USERNAME,
                    full_name=_FULL_NAME,
                    unit_id=unit.id,
                    duties=_DUTIES,
                    password=password,
                    address=address,
                    by=SYSTEM,
                    now=now,
                )
                filled = fill_in(unit_id=unit.id, on=timezone.localdate(now))
            yield Probe(USERNAME, password, filled)
        finally:
            _close(tenant, now)


def _close(tenant: Tenant, now: datetime) -> None:
    """What a broken schema does not let us close is logged, and closed by the next probe."""
    take_back = partial(accounts.take_account_back, username=USERNAME)
    for close in (take_back, dossiers.withdraw_probes, organisations.close_probe_unit):
        try:
            with tenant_context(tenant), transaction.atomic():
                close(by=SYSTEM, now=now)
        except DatabaseError as error:
            log.warning("smoke.left_open", tenant=tenant.code, error=type(error).__name__)


@contextmanager
def _alone(tenant: Tenant) -> Iterator[None]:
    """Two probes at once would take each other's password away. Held by the session, given up with it."""
    key = f"smoke:{tenant.schema_name}"
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        taken = cursor.fetchone()[0]
    if not taken:
        raise ProbeBusy(tenant=tenant.name)
    try:
        yield
    finally:
        with tenant_context(tenant), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
