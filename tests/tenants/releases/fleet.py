"""A fleet of real schemas with real commits, and releases for it that exist in tests only."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tenants.provisioning.dumping import dump_schema
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import TemplateScript
from tenants.provisioning.scripts import get_script
from tenants.provisioning.services import create_tenant
from tenants.provisioning.shape import fingerprint_of, read_fingerprints, read_shapes
from tenants.registry.context import central_context
from tenants.registry.models import Domain, Tenant
from tenants.registry.selectors import forget_hosts
from tenants.releases.connecting import connect
from tenants.releases.enums import StepKind
from tenants.releases.models import Release, ReleaseStep, Rollout, Seat, UpgradeWish
from tests.maintenance import url_of

SCRATCH = "test_release_scratch"


_gone = count(1)


def column(name: str) -> tuple[str, str]:
    return StepKind.TRANSACTION, f"ALTER TABLE accounts_user ADD COLUMN {name} varchar(20)"


def make_release(*steps: tuple[str, str], title: str = "Bản thử") -> Release:
    """The next release after the newest: what it makes is read from a schema that went through its SQL."""
    with central_context():
        before = Release.objects.order_by("-number").first()
        assert before is not None
        script = get_script(before.number)
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")
        cursor.execute("".join(script.under(SCRATCH)))
    with as_owner(SCRATCH), connection.cursor() as cursor:
        for kind, sql in steps:
            if kind != StepKind.BACKFILL:
                cursor.execute(sql)
    born = dump_schema(SCRATCH)
    with as_owner("public"), connection.cursor() as cursor:
        shape = read_shapes(cursor, [SCRATCH])[SCRATCH]
        cursor.execute(f"DROP SCHEMA {SCRATCH} CASCADE")
    with central_context():
        number = before.number + 1
        release = Release.objects.create(
            number=number, name=f"2099.1.{number}", title=title, notes="Chỉ để thử.", manifest_sha256="0" * 64,
            leaves={}, serves_code_from="2026.11.1", shape=shape, fingerprint=fingerprint_of(shape),
            compiled_at=timezone.now(),
        )  # fmt: skip
        ReleaseStep.objects.bulk_create(
            ReleaseStep(
                release=release, ordinal=ordinal, app="tests", migration=f"{number:04d}_{ordinal}", is_last=True,
                kind=kind, sql=sql, sha256="0" * 64,
            )
            for ordinal, (kind, sql) in enumerate(steps, start=1)
        )  # fmt: skip
        TemplateScript.objects.create(
            release=number, migrations_sha256="0" * 64, pre_sql=born.pre_sql, post_sql=born.post_sql,
            created_at=timezone.now(),
        )  # fmt: skip
    return release


@contextmanager
def fleet(size: int, *, rings: dict[int, str] | None = None) -> Iterator[list[Tenant]]:
    """``size`` tenants at the code's own release, the n-th in the ring that ``rings`` says; all gone afterwards.

    The two tenants of the test house are not in it: they are lifted over every
    release by being taken for retired meanwhile.
    """
    newest = _newest()
    with central_context():
        house = list(Tenant.objects.exclude(schema_name="public").values_list("id", flat=True))
        Tenant.objects.filter(id__in=house).update(state="RETIRED", retired_at=timezone.now())
    made: list[Tenant] = []
    try:
        for number in range(1, size + 1):
            made.append(
                create_tenant(
                    code=f"{'QRT'[number // 100]}{number % 100:02d}",
                    name=f"Tỉnh thử {number}",
                    kind="PROVINCE",
                    host=f"fleet-{number}.localhost",
                    now=timezone.now(),
                    ring=(rings or {}).get(number, "GENERAL"),
                    release=newest,
                )
            )
        yield made
    finally:
        forget(made, newest)
        with central_context():
            Tenant.objects.filter(id__in=house).update(state="READY", retired_at=None)
        forget_hosts()


def forget_rollouts() -> None:
    with central_context():
        Rollout.objects.all().delete()


def forget_releases(after: int) -> None:
    forget_rollouts()
    with central_context():
        ReleaseStep.objects.filter(release__number__gt=after).delete()
        Release.objects.filter(number__gt=after).delete()
        TemplateScript.objects.filter(release__gt=after).delete()


def _newest() -> int:
    with central_context():
        return Release.objects.latest("number").number


def forget(tenants: list[Tenant], newest: int) -> None:
    forget_releases(newest)
    forget_tenants(tenants)


def forget_tenants(tenants: list[Tenant]) -> None:
    """Their seats have to be gone."""
    ids = [tenant.id for tenant in tenants]
    with as_owner("public"), connection.cursor() as cursor:
        for tenant in tenants:
            # Out of the way at once; dropping a hundred schemas takes minutes, and the whole database goes anyway.
            cursor.execute(f"ALTER SCHEMA {tenant.schema_name} RENAME TO gone_{next(_gone)}")
        UpgradeWish.objects.filter(tenant_id__in=ids).delete()
        Domain.objects.filter(tenant_id__in=ids).delete()
        Tenant.objects.filter(id__in=ids).delete()


def releases_of(tenants: list[Tenant]) -> list[int]:
    """As the registry has them now, oldest tenant first."""
    with central_context():
        found = Tenant.objects.filter(id__in=[one.id for one in tenants])
        return list(found.order_by("id").values_list("release", flat=True))


def columns(tenant: Tenant, table: str) -> list[str]:
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
            [tenant.schema_name, table],
        )
        return [row[0] for row in cursor.fetchall()]


def environment() -> dict[str, str]:
    """For a process of its own that works on the tests' database."""
    return {**os.environ, "DATABASE_URL": url_of(connection.settings_dict)}


def manage(*words: str) -> "subprocess.Popen[str]":
    """``manage.py …`` as an operator runs it, in its own process."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=settings.ROOT, env=environment(), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_until(holds: Callable[[], bool], *, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def seat_of(rollout_id: int, tenant: Tenant) -> Seat:
    with central_context():
        return Seat.objects.get(rollout_id=rollout_id, tenant=tenant)


@contextmanager
def locked(tenant: Tenant, table: str, *, mode: str = "ACCESS SHARE") -> Iterator[None]:
    """Somebody reads the table in a transaction and then goes for a coffee."""
    with connect(name="coffee") as idle:
        with idle.transaction():
            idle.execute(f"LOCK TABLE {tenant.schema_name}.{table} IN {mode} MODE")
            yield


def looks(monkeypatch: Any, *modules: Any) -> list[str]:
    """Every schema that one of the modules looks at from now on, in order."""
    looked: list[str] = []

    def remember(cursor: Any, schemas: list[str], known: dict[str, str]) -> dict[str, str]:
        looked.extend(schemas)
        return read_fingerprints(cursor, schemas, known)

    for module in modules:
        monkeypatch.setattr(module, "read_fingerprints", remember)
    return looked
