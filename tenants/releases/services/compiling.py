"""From a manifest to a compiled release: steps as SQL, the shape they make, the script new tenants are born from."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tenants.provisioning.dumping import Script, dump_schema
from tenants.provisioning.migrating import TEMPLATE_SCHEMA, as_owner, migrate_schema, migrations_sha256
from tenants.provisioning.models import TemplateScript
from tenants.provisioning.scripts import get_script
from tenants.provisioning.shape import Piece, fingerprint_of, read_shapes
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.postgresql.typed import connection as ours
from tenants.releases.collecting import NotReplayable, collect
from tenants.releases.collecting import Piece as Statement
from tenants.releases.differences import compare, say_shortly
from tenants.releases.enums import StepKind
from tenants.releases.errors import CompilingHeldUp, MigrationNotReplayable, ReleaseChanged
from tenants.releases.holdups import waiting_aloud
from tenants.releases.manifests import Manifest
from tenants.releases.models import Release, ReleaseStep
from tenants.releases.outlasting import Outlasted

Say = Callable[[str], None]
_MIGRATED, _REPLAYED = "release_scratch_migrated", "release_scratch_replayed"


def compile_releases(manifests: list[Manifest], *, now: datetime, say: Say = lambda line: None) -> None:
    """Compile what is not compiled yet, oldest first; a release that changed is made anew while nobody runs it.

    Raises MigrationNotReplayable, ReleaseChanged, CompilingHeldUp.
    """
    anew = False
    for manifest in manifests:
        wanted = migrations_sha256(manifest.leaves)
        with central_context():
            script = TemplateScript.objects.filter(release=manifest.number).first()
        if not anew and script is not None and script.migrations_sha256 == wanted:
            _keep_words(manifest)
            continue
        _refuse_if_running(manifest)
        anew = True  # what follows stands on it
        say(manifest.name)
        before = manifests[manifest.number - 2] if manifest.number > 1 else None
        _compile(manifest, before, wanted, now, say)
    if anew:
        _renew_template(manifests[-1].number)


def _keep_words(manifest: Manifest) -> None:
    """Title and notes may be bettered at any time; they are no part of the shape."""
    with central_context():
        Release.objects.filter(number=manifest.number).exclude(manifest_sha256=manifest.sha256).update(
            title=manifest.title,
            notes=manifest.notes,
            serves_code_from=manifest.serves_code_from,
            manifest_sha256=manifest.sha256,
        )


def _refuse_if_running(manifest: Manifest) -> None:
    with central_context():
        if not Release.objects.filter(number=manifest.number).exists():
            return  # never compiled here: an older installation's schemas are at its first release already
        count = Tenant.objects.exclude(schema_name="public").filter(release__gte=manifest.number).count()
    if count:
        raise ReleaseChanged(release=manifest.name, count=count)


def _compile(manifest: Manifest, before: Manifest | None, wanted: str, now: datetime, say: Say) -> None:
    steps: list[ReleaseStep] = []
    with _scratch(_MIGRATED, _REPLAYED):
        if before is None:
            with as_owner("public"), connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA {_REPLAYED}")
            migrate_schema(_REPLAYED, manifest.leaves)
        else:
            script = get_script(before.number)
            for schema in (_MIGRATED, _REPLAYED):
                run_script(script.under(schema))
            try:
                steps = list(_steps(manifest, before, say))
            except NotReplayable as reason:
                raise MigrationNotReplayable(release=manifest.name, why=str(reason)) from reason
            except Outlasted as late:
                raise CompilingHeldUp(release=manifest.name, why=str(late)) from late
            _require_equal(manifest)
        script = dump_schema(_REPLAYED)
        shape = _born_shape(script)
    _save(manifest, steps, script, shape, wanted, now)


def _steps(manifest: Manifest, before: Manifest, say: Say) -> Iterator[ReleaseStep]:
    """Each migration is collected where it stands, carried out by Django in one schema and replayed in the other."""
    with as_owner(_MIGRATED):
        executor = MigrationExecutor(ours)
        plan = executor.migration_plan(sorted(manifest.leaves.items()))
        state = executor.loader.project_state(sorted(before.leaves.items()))
    ordinal = 0
    for migration, _backwards in plan:
        with as_owner(_MIGRATED):
            pieces = collect(migration, state)
            with _patience(pieces, say):
                state = executor.apply_migration(state, migration)
        for index, piece in enumerate(pieces):
            with _patience([piece], say):
                replay_in_scratch(piece.sql)
            ordinal += 1
            yield ReleaseStep(
                ordinal=ordinal,
                app=migration.app_label,
                migration=migration.name,
                is_last=index == len(pieces) - 1,
                kind=piece.kind,
                sql=piece.sql,
                sha256=hashlib.sha256(piece.sql.encode()).hexdigest(),
            )
        with as_owner(_REPLAYED), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())",
                [migration.app_label, migration.name],
            )


@contextmanager
def _patience(pieces: list[Statement], say: Say) -> Iterator[None]:
    """An index that is built beside running work waits for others even where there is none. Raises Outlasted."""
    if any(piece.kind is StepKind.CONCURRENT_INDEX for piece in pieces):
        with waiting_aloud(say):
            yield
    else:
        yield


def replay_in_scratch(sql: str) -> None:
    """A scratch schema has no rows: a backfill has nothing to do there, and an index need not be concurrent."""
    if sql and "%(after)s" not in sql:
        with as_owner(_REPLAYED), connection.cursor() as cursor:
            cursor.execute(sql)


def _require_equal(manifest: Manifest) -> None:
    """What the SQL makes has to be what the migration makes."""
    with as_owner("public"), connection.cursor() as cursor:
        shapes = read_shapes(cursor, [_MIGRATED, _REPLAYED])
    differing = compare(shapes[_MIGRATED], shapes[_REPLAYED])
    if differing:
        why = _("SQL làm ra khác với migration: {why}").format(why=say_shortly(differing))
        raise MigrationNotReplayable(release=manifest.name, why=why)


def _born_shape(script: Script) -> list[Piece]:
    """Of a schema that is born from the script, which is what most tenants are."""
    with _scratch(_MIGRATED):
        run_script(script.under(_MIGRATED))
        with as_owner("public"), connection.cursor() as cursor:
            return read_shapes(cursor, [_MIGRATED])[_MIGRATED]


def _save(
    manifest: Manifest,
    steps: list[ReleaseStep],
    script: Script,
    shape: list[Piece],
    wanted: str,
    now: datetime,
) -> None:
    with central_context(), transaction.atomic():
        ReleaseStep.objects.filter(release__number=manifest.number).delete()
        known = {
            "name": manifest.name,
            "title": manifest.title,
            "notes": manifest.notes,
            "manifest_sha256": manifest.sha256,
            "leaves": manifest.leaves,
            "serves_code_from": manifest.serves_code_from,
            "shape": shape,
            "fingerprint": fingerprint_of(shape),
            "compiled_at": now,
        }
        release, _created = Release.objects.update_or_create(
            number=manifest.number,
            defaults=known,
            create_defaults={**known, "defer_days": manifest.defer_days},  # afterwards it is the operator's
        )
        for step in steps:
            step.release = release
        ReleaseStep.objects.bulk_create(steps)
        TemplateScript.objects.update_or_create(
            release=manifest.number,
            defaults={
                "migrations_sha256": wanted,
                "pre_sql": script.pre_sql,
                "post_sql": script.post_sql,
                "created_at": now,
            },
        )


def run_script(script: Script) -> None:
    with as_owner("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{script.pre_sql}\n{script.post_sql}")


def _renew_template(number: int) -> None:
    """The template is born from the script like every tenant: it equals them to the letter."""
    with as_owner("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {TEMPLATE_SCHEMA} CASCADE")
        script = get_script(number)
        cursor.execute(f"{script.pre_sql}\n{script.post_sql}")


@contextmanager
def _scratch(*schemas: str) -> Iterator[None]:
    def drop() -> None:
        with as_owner("public"), connection.cursor() as cursor:
            for schema in schemas:
                cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")

    drop()
    try:
        yield
    finally:
        drop()
