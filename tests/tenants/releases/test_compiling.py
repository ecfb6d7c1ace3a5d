"""Migrations become SQL that makes the same schema, or are refused with the reason."""

import hashlib
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import override_settings

from tenants.provisioning import migrating
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.services import create_tenant
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.context import central_context
from tenants.releases import holdups, manifests
from tenants.releases.connecting import connect
from tenants.releases.enums import StepKind
from tenants.releases.errors import CompilingHeldUp, LeavesDiffer, MigrationNotReplayable, ReleaseChanged
from tenants.releases.models import Release, ReleaseStep
from tenants.releases.services.compiling import compile_releases
from tenants.releases.services.preparing import prepare_central
from tests.tenants.releases.fleet import forget

HEAD = "from django.db import migrations, models\nfrom django.contrib.postgres.operations import AddIndexConcurrently\n"


@contextmanager
def more_migrations(tmp_path, monkeypatch, **files):
    """The app ``audit`` has more migrations than the house, and one manifest more names them."""
    package = tmp_path / "audit_of_tests" / "migrations"
    package.mkdir(parents=True, exist_ok=True)
    (package.parent / "__init__.py").touch()
    before = "import apps.audit.migrations as house\n__path__ = [*house.__path__, *__path__]\n"
    (package / "__init__.py").write_text(before)
    for name, body in files.items():
        (package / f"{name}.py").write_text(HEAD + body)
    folder = tmp_path / "manifests"
    folder.mkdir(exist_ok=True)
    for manifest in manifests.list_manifests():
        (folder / manifest.file.name).write_bytes(manifest.file.read_bytes())
    newest = manifests.newest_manifest()
    last = max(files)
    text = newest.file.read_text().replace(newest.name, "2099.1.1", 1)
    text = text.replace('audit = "0002_append_only"', f'audit = "{last}"')
    (folder / "2099.1.1.toml").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    with override_settings(
        MIGRATION_MODULES={"audit": "audit_of_tests.migrations"}, RELEASE_MANIFESTS=folder
    ):
        _forget_files()
        yield manifests.list_manifests()
    import sys

    for name in [name for name in sys.modules if name.startswith("audit_of_tests")]:
        del sys.modules[name]
    _forget_files()


def _forget_files():
    manifests.forget_manifests()
    migrating._leaves_in_code.cache_clear()
    migrating._migrations_sha256.cache_clear()


def _migration(name, operations, *, after="0002_append_only", atomic=True):
    return (
        f"class Migration(migrations.Migration):\n    atomic = {atomic}\n"
        f"    dependencies = [('audit', '{after}')]\n    operations = [{operations}]\n"
    )


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with central_context():
            newest = Release.objects.latest("number").number
        made = []
        yield made
        forget(made, newest)


NOTE = "migrations.AddField('entry', 'room', models.CharField(max_length=20, null=True))"
INDEX = "AddIndexConcurrently('entry', models.Index(fields=['room'], name='entry_by_room'))"


def test_compile_releases_makes_sql_that_equals_the_migrations(tmp_path, monkeypatch, committed, now):
    with more_migrations(
        tmp_path,
        monkeypatch,
        **{
            "0003_room": _migration("0003_room", NOTE),
            "0004_by_room": _migration("0004_by_room", INDEX, after="0003_room", atomic=False),
        },
    ) as line:
        compile_releases(line, now=now)
        with central_context():
            release = Release.objects.get(name="2099.1.1")
            steps = list(ReleaseStep.objects.filter(release=release).order_by("ordinal"))
        assert [(step.migration, step.kind) for step in steps] == [
            ("0003_room", StepKind.TRANSACTION),
            ("0004_by_room", StepKind.CONCURRENT_INDEX),
        ]
        assert 'ADD COLUMN "room"' in steps[0].sql
        assert "CONCURRENTLY" in steps[1].sql
        assert "tenant_template" not in steps[0].sql + steps[1].sql
        assert steps[0].sha256 == hashlib.sha256(steps[0].sql.encode()).hexdigest()
        tenant = create_tenant(
            code="Z98", name="Tỉnh Z", kind="PROVINCE", host="z98.localhost", now=now, release=release.number
        )
        committed.append(tenant)
        assert tenant.release == release.number
        with as_owner("public"), connection.cursor() as cursor:
            prints = read_fingerprints(cursor, [tenant.schema_name, "tenant_template", "h21"])
        assert prints[tenant.schema_name] == prints["tenant_template"] == release.fingerprint != prints["h21"]


@pytest.mark.parametrize(
    ("operation", "atomic", "reason"),
    [
        ("migrations.RunPython(migrations.RunPython.noop)", True, "RunPython"),
        (
            "migrations.AddField('entry', 'code', models.UUIDField(default=__import__('uuid').uuid4))",
            True,
            "giá trị mặc định được tính",
        ),
        ("migrations.RunSQL('SELECT 1')", False, "ngoài giao dịch"),
        (f"{NOTE}, {INDEX}", False, "đứng riêng"),
        (
            "migrations.SeparateDatabaseAndState([migrations.RunPython(migrations.RunPython.noop)])",
            True,
            "RunPython",
        ),
    ],
)
def test_compile_releases_refuses_what_cannot_be_replayed(
    tmp_path, monkeypatch, committed, now, operation, atomic, reason
):
    with (
        more_migrations(
            tmp_path, monkeypatch, **{"0003_bad": _migration("0003_bad", operation, atomic=atomic)}
        ) as line,
        pytest.raises(MigrationNotReplayable) as refused,
    ):
        compile_releases(line, now=now)
    assert reason in str(refused.value)
    assert "audit.0003_bad" in str(refused.value)
    with central_context():
        assert not Release.objects.filter(name="2099.1.1").exists()
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'release_scratch%%'")
        assert cursor.fetchone() == (0,)


def test_compile_releases_refuses_a_release_that_was_edited_after_somebody_runs_it(
    tmp_path, monkeypatch, committed, now
):
    with more_migrations(tmp_path, monkeypatch, **{"0003_room": _migration("0003_room", NOTE)}) as line:
        compile_releases(line, now=now)
        committed.append(
            create_tenant(
                code="Z97",
                name="Tỉnh Z",
                kind="PROVINCE",
                host="z97.localhost",
                now=now,
                release=line[-1].number,
            )
        )
    longer = NOTE.replace("20", "30")
    with more_migrations(tmp_path, monkeypatch, **{"0003_room": _migration("0003_room", longer)}) as line:
        with pytest.raises(ReleaseChanged) as refused:
            compile_releases(line, now=now)
    assert "2099.1.1" in str(refused.value)


def test_prepare_central_refuses_code_whose_manifest_lags_behind(tmp_path, monkeypatch, committed, now):
    with more_migrations(tmp_path, monkeypatch, **{"0003_room": _migration("0003_room", NOTE)}):
        newest = manifests.newest_manifest().file
        newest.write_text(newest.read_text().replace("0003_room", "0002_append_only"))
        _forget_files()
        with pytest.raises(LeavesDiffer) as refused:
            prepare_central(host="localhost", now=now)
    assert "audit" in str(refused.value)


def test_compile_releases_says_who_holds_up_an_index_and_gives_up(tmp_path, monkeypatch, committed, now):
    """Without waiting_aloud it stands there for as long as the other transaction lasts, and says nothing.

    Once the other has ended, the same command goes through; nothing of the first attempt is in its way.
    """
    monkeypatch.setattr(holdups, "TELL_SECONDS", 0.2)
    monkeypatch.setattr(holdups, "PATIENCE_SECONDS", 1.0)
    files = {
        "0003_room": _migration("0003_room", NOTE),
        "0004_by_room": _migration("0004_by_room", INDEX, after="0003_room", atomic=False),
    }
    with more_migrations(tmp_path, monkeypatch, **files) as line, connect(name="nightly dump") as other:
        said = []
        other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM public.registry_tenant")
        with pytest.raises(CompilingHeldUp, match="nightly dump"):
            compile_releases(line, now=now, say=said.append)
        assert "nightly dump" in said[-1]
        with central_context():
            assert not Release.objects.filter(name="2099.1.1").exists()
        with as_owner("public"), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'release_scratch%%'")
            assert cursor.fetchone() == (0,)
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)

        monkeypatch.setattr(holdups, "PATIENCE_SECONDS", 60.0)

        def say(line):
            if "nightly dump" in line:
                other.execute("ROLLBACK")  # it comes to its end while it is waited for

        compile_releases(line, now=now, say=say)
        with central_context():
            assert Release.objects.filter(name="2099.1.1").exists()
