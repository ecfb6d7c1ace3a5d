"""Two lived-in provinces with real commits, to be merged: Y08 goes into Y21."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.accounts.services import lend_account
from apps.deadlines import services as deadlines
from apps.deadlines.enums import DayKind
from apps.dossiers import services
from apps.dossiers.services import withdraw_probes
from apps.organisations.services import open_probe_unit
from kernel.actors import SYSTEM, Actor, ActorKind
from tenants.provisioning.merging.running import merge_tenants
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import LongJob
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Domain, OperatorAct, Tenant, TenantAlias
from tenants.registry.selectors import forget_hosts
from tests.conftest import VIETNAM
from tests.lived_in import People, furnished_centre, live_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
GROUND = "Nghị quyết 202/2025/QH15"
OPERATOR = Actor(kind=ActorKind.OPERATOR, id=None, name="người vận hành thử")


def put_files_into(folder) -> None:
    if getattr(default_storage, "_location", None) is not None:
        default_storage._location = str(folder)
        for remembered in ("base_location", "location"):
            default_storage._wrapped.__dict__.pop(remembered, None)


@contextmanager
def two_provinces() -> Iterator[SimpleNamespace]:
    """Both with dossiers in many states, the same usernames, and calendars that differ."""
    with ExitStack() as after:
        made = []
        for code in ("Y08", "Y21"):
            host = f"{code.lower()}.localhost"
            made.append(
                create_tenant(code=code, name=f"Tỉnh {code}", kind="PROVINCE", host=host, now=timezone.now())
            )
            after.callback(_drop, made[-1])
        after.enter_context(furnished_centre(NOW))
        for tenant in made:
            live_in(tenant, NOW)
            with tenant_context(tenant):
                _try_out(tenant)
        going, staying = made
        with tenant_context(going):
            _more_of_life(going)
        _tell_apart()
        yield SimpleNamespace(going=going, staying=staying)


class _Probe(People):
    def actor(self, username):
        return super().actor("kiem-tra")

    def counter(self):
        return open_probe_unit(by=SYSTEM, now=NOW)


def _try_out(tenant: Tenant) -> None:
    """The platform's own probe: the same unit, account and codes in every tenant."""
    unit = open_probe_unit(by=SYSTEM, now=NOW)
    lend_account(
        username="kiem-tra", full_name="Kiểm tra", unit_id=unit.id, duties=("RECEPTION",), password="x" * 40,
        address="127.0.0.1", by=SYSTEM, now=NOW,
    )  # fmt: skip
    probe = _Probe(tenant, NOW)
    probe.accept(probe.hand_in())
    withdraw_probes(by=SYSTEM, now=NOW)


def _tell_apart() -> None:
    """What was laid in for the sake of a row is the same in both: here two provinces have codes of their own."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute("UPDATE y08.organisations_unitalias SET code = '000.00.08.Y08'")
        cursor.execute("UPDATE y08.accounts_firstlink SET token_sha256 = repeat('b', 64)")


def _more_of_life(tenant: Tenant) -> None:
    """Papers asked for and handed in, papers asked for and not, refused at the counter, asked back."""
    people = People(tenant, NOW)
    waiting, resumed, refused, asked_back = (people.hand_in() for _ in range(4))
    for dossier in (waiting, resumed, asked_back):
        people.accept(dossier)
        people.complete(dossier, "chuyenvien")
    for dossier in (waiting, resumed):
        services.request_supplement(
            dossier_id=dossier.id,
            items=["Giấy chứng sinh bản rõ"],
            reason="Bản chụp mờ",
            ground="Điều 9 NĐ 118/2025/NĐ-CP",
            by=people.actor("chuyenvien"),
            now=NOW,
        )
    services.receive_supplement(
        dossier_id=resumed.id, components=(), by=people.actor("tiepnhan"), now=NOW + timedelta(hours=2)
    )
    services.refuse_intake(
        dossier_id=refused.id, reason="Không thuộc thẩm quyền", by=people.actor("tiepnhan"), now=NOW
    )
    services.request_withdrawal(
        dossier_id=asked_back.id, reason="Đổi ý", by=people.actor("tiepnhan"), now=NOW
    )
    deadlines.change_calendar(
        changes=[
            deadlines.DayChange(
                date=date(2026, 11, 25), kind=DayKind.OFF, name="Ngày hội tỉnh", ground="QĐ 1"
            )
        ],
        by=SYSTEM,
        now=NOW - timedelta(days=3),
    )
    deadlines.recompute_after_calendar_change(by=SYSTEM, now=NOW)


def _drop(tenant: Tenant) -> None:
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {tenant.schema_name} CASCADE")
        cursor.execute("DROP SCHEMA IF EXISTS merge_y08_into_y21 CASCADE")
        LongJob.objects.filter(kind="MERGE").delete()
        Tenant.objects.filter(successor_id=tenant.id).update(successor=None)
        TenantAlias.objects.filter(tenant_id=tenant.id).delete()
        Domain.objects.filter(tenant_id=tenant.id).delete()
        Tenant.objects.filter(id=tenant.id).delete()
    forget_hosts()
    cache.clear()


def merge(pair, **changed):
    from project.merging import MERGING

    asked = {"ground": GROUND, "declaration": MERGING, "by": OPERATOR, "now": NOW, "batch": 2} | changed
    return merge_tenants(source=pair.going.code, into=pair.staying.code, **asked)


def rows_of(schema: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'", [schema]
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {schema}.{table} t ORDER BY 1")
            found[table] = [row[0] for row in cursor.fetchall()]
        return found


def ask(sql: str, *params):
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall()


def fresh(pair) -> SimpleNamespace:
    """The rows of the registry as they are now: by their keys, since codes lead on to a successor."""
    with central_context():
        return SimpleNamespace(
            going=Tenant.objects.get(id=pair.going.id), staying=Tenant.objects.get(id=pair.staying.id)
        )


def state_of(pair):
    """All that a refusal must leave as it was."""
    rights = ask(
        "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema IN ('y08', 'y21') ORDER BY 1, 2, 3"
    )
    schemas = ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'merge%' ORDER BY 1")
    registry = [(one.state, one.notice, one.successor_id) for one in (fresh(pair).going, fresh(pair).staying)]
    sequences = ask("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'y21' ORDER BY 1")
    return rows_of("y08"), rows_of("y21"), rights, schemas, registry, sequences, OperatorAct.objects.count()


@pytest.fixture
def pair(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), two_provinces() as made:
        yield made
