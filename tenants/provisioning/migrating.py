"""Running Django's migrations in one schema, as the owner of its tables."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django_tenants.postgresql_backend.base import FakeTenant

from tenants.registry.postgresql.typed import connection

TEMPLATE_SCHEMA = "tenant_template"


@contextmanager
def as_owner(schema: str) -> Iterator[None]:
    """The connection in ``schema`` with the rights of the application's own role."""
    before = connection.tenant
    connection.set_tenant(FakeTenant(schema_name=schema), include_public=False)
    try:
        with connection.owner_mode():
            yield
    finally:
        connection.set_tenant(before, include_public=False)


def migrate_centre() -> bool:
    """Apply what is pending in the central schema; False when nothing was."""
    with as_owner("public"):
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        call_command(DjangoMigrate(), interactive=False, verbosity=0)
        return True


def migrate_schema(schema: str, leaves: Mapping[str, str]) -> None:
    """Django's own way to the given leaves: for schemas without rows, which the template is made from."""
    with as_owner(schema):
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        executor.migrate(sorted(leaves.items()))


@lru_cache(maxsize=1)  # files of the code, the same for all tenants
def _leaves_in_code() -> tuple[tuple[str, str], ...]:
    labels = {apps.get_app_config(name.rpartition(".")[2]).label for name in settings.TENANT_APPS}
    return tuple((app, name) for app, name in MigrationLoader(None).graph.leaf_nodes() if app in labels)


def leaves_in_code() -> dict[str, str]:
    """App label → name of the last migration, of every tenant app that has migrations."""
    return dict(_leaves_in_code())


def migrations_sha256(leaves: Mapping[str, str]) -> str:
    """Names the migrations up to ``leaves`` by their content: an edited one is another set."""
    return _migrations_sha256(tuple(sorted(leaves.items())))


@lru_cache(maxsize=32)
def _migrations_sha256(leaves: tuple[tuple[str, str], ...]) -> str:
    loader = MigrationLoader(None)
    wanted = {node for leaf in leaves for node in loader.graph.forwards_plan(leaf)}
    digest = hashlib.sha256()
    for app, name in sorted(wanted):
        source = sys.modules[loader.disk_migrations[app, name].__module__].__file__
        digest.update(f"{app}.{name}\0".encode())
        digest.update(Path(source or "").read_bytes())
    return digest.hexdigest()
