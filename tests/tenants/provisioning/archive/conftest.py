"""A tenant that people have worked in, committed, and its archive: made once for the package.

Tests commit for real and clean up by name: whatever is restored bears a code
that begins with Y.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, connections

from kernel.actors import Actor, ActorKind
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive
from tenants.provisioning.services import create_tenant
from tenants.provisioning.tables import list_tables
from tenants.registry.context import tenant_context
from tenants.registry.models import Domain, Tenant
from tenants.registry.selectors import forget_hosts
from tests.conftest import VIETNAM
from tests.lived_in import furnished_centre, live_in

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
BY = Actor(kind=ActorKind.OPERATOR, id=None, name="vận hành")


def _move_storage(place: Path) -> None:
    default_storage._location = str(place)
    for remembered in ("base_location", "location"):
        default_storage._wrapped.__dict__.pop(remembered, None)


def forget(code: str) -> None:
    """A tenant, whatever of it there is."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname = %s OR starts_with(nspname::text, %s)",
            [code.lower(), f"{code.lower()}_"],
        )
        for (schema,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        for tenant in Tenant.objects.filter(code=code):
            Archive.objects.filter(tenant_id=tenant.id).delete()
            Domain.objects.filter(tenant_id=tenant.id).delete()
            Tenant.objects.filter(id=tenant.id).delete()
    forget_hosts()


@pytest.fixture(scope="package")
def files_place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("stored")


@pytest.fixture(scope="package")
def lived_in(django_db_setup, django_db_blocker, files_place) -> Iterator[Tenant]:
    with django_db_blocker.unblock():
        _move_storage(files_place)
        cache.clear()
        try:
            tenant = create_tenant(
                code="X90", name="Tỉnh Lưu Trữ", kind="PROVINCE", host="x90.localhost", now=NOW
            )
            with furnished_centre(NOW):
                live_in(tenant, NOW)
            yield tenant
        finally:
            forget("X90")


@pytest.fixture(scope="package")
def kept_archive(lived_in, files_place, tmp_path_factory, django_db_blocker) -> Path:
    """Never changed by a test: take ``archive``."""
    path = tmp_path_factory.mktemp("archives") / "x90.motcua"
    with django_db_blocker.unblock():
        _move_storage(files_place)
        export_tenant(code="X90", to=path, by=BY, now=NOW)
    return path


@pytest.fixture
def archive(kept_archive, tmp_path) -> Path:
    return shutil.copy(kept_archive, tmp_path / "x90.motcua")


@pytest.fixture(autouse=True)
def _committed(_empty_cache_and_own_files, lived_in, files_place, django_db_blocker) -> Iterator[None]:
    _move_storage(files_place)
    with django_db_blocker.unblock():
        yield
        for tenant in Tenant.objects.filter(code__startswith="Y"):
            forget(tenant.code)
        with as_owner("public"), connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(x90_|y)'")
            for (schema,) in cursor.fetchall():
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        shutil.rmtree(files_place / "y01", ignore_errors=True)


@contextmanager
def looking() -> Iterator[psycopg.Connection]:
    """A connection of the owner's beside Django's."""
    database = connections["default"].settings_dict
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=database["NAME"],
        autocommit=True,
    ) as found:
        yield found


def rows_of(schema: str) -> dict[str, list[str]]:
    """Every row of every table as text; file keys without the schema's name; tables that stay out are empty."""
    with looking() as owner:
        return {
            table.name: []
            if table.name in settings.TENANT_TABLES_LEFT_OUT
            else sorted(
                row.replace(f"{schema}/", "~/") if table.name == "files_storedfile" else row
                for (row,) in owner.execute(f"SELECT t::text FROM {schema}.{table.name} t").fetchall()
            )
            for table in list_tables(owner, schema)
        }


def schemas() -> set[str]:
    with looking() as owner:
        return {name for (name,) in owner.execute("SELECT nspname FROM pg_namespace").fetchall()}


@contextmanager
def within(tenant: Tenant) -> Iterator[None]:
    with tenant_context(tenant):
        yield
