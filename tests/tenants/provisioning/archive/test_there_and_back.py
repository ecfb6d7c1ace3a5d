"""Out of one tenant, into another or back into itself: every row, every file, nothing of anybody else."""

import gzip
import hashlib
import json
import stat
import tarfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from kernel.errors import Refusals
from kernel.files.models import StoredFile
from kernel.files.selectors import open_file
from kernel.files.services import remove_unclaimed
from kernel.http.models import IdempotencyKey
from tenants.provisioning.archive import errors
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.models import Archive, TemplateScript
from tenants.provisioning.services import create_tenant, drop_tenant, retire_tenant
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import read_counters
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.selectors import find_tenant, get_primary_host, get_tenant, list_tenants
from tests.lived_in import People
from tests.tenants.provisioning.archive.conftest import BY, NOW, forget, looking, rows_of, schemas


def _restore(path, **changed):
    return restore_tenant(path=path, by=BY, now=NOW, **changed)


def test_the_lived_in_tenant_has_rows_in_every_table(lived_in):
    """Without them “every row is equal” would say nothing about the table."""
    left_out = settings.TENANT_TABLES_LEFT_OUT
    assert [name for name, rows in rows_of("x90").items() if not rows and name not in left_out] == []


def test_file_keys_stand_in_one_column_only(lived_in):
    """A second column that holds them would have to be rewritten as well when a tenant gets another code."""
    found = [name for name, rows in rows_of("x90").items() if any("x90/20" in row for row in rows)]
    assert found == []
    assert any("~/20" in row for row in rows_of("x90")["files_storedfile"])


def test_restore_tenant_as_another_code_has_every_row_and_file(archive, lived_in):
    before, theirs = rows_of("x90"), rows_of("h21")

    restored = _restore(archive, code="Y01", host="y01.localhost")

    tenant = get_tenant("Y01")
    assert rows_of("y01") == before == rows_of("x90")
    assert rows_of("h21") == theirs
    assert (restored.rows, restored.files) == (sum(map(len, before.values())), 3)
    assert (tenant.state, tenant.release, tenant.opened_at) == (TenantState.PREPARING, lived_in.release, None)
    assert get_primary_host(tenant) == "y01.localhost"
    assert tenant.public_id != lived_in.public_id
    with looking() as owner:
        assert read_counters(owner, "y01") == read_counters(owner, "x90")
        fingerprints = read_fingerprints(owner.cursor(), ["x90", "y01"])
    assert fingerprints["x90"] == fingerprints["y01"]
    with tenant_context(tenant):
        for row in StoredFile.objects.all():
            with open_file(row).stream as stream:
                assert hashlib.sha256(stream.read()).hexdigest() == row.sha256
    assert list_acts(limit=1)[0].action == "tenant.restored"
    assert restored.listed


def test_restore_tenant_keeps_the_walls(archive):
    _restore(archive, code="Y01", host="y01.localhost")
    with tenant_context(get_tenant("Y01")):
        for statement in (
            "SELECT * FROM x90.dossiers_dossier",
            "DELETE FROM audit_entry",
            "UPDATE files_storedfile SET key = 'x'",
            "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|never changed"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement)
        # And it may work: the counters go on where they stood.
        IdempotencyKey.objects.create(scope="Y01", key="k", fingerprint="f", created_at=NOW)


def test_restore_tenant_in_place_puts_the_living_rows_aside(archive, lived_in):
    before = rows_of("x90")
    cache_key = "remembered"
    with tenant_context(lived_in):
        cache.set(cache_key, "of the rows before")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM dossiers_draft")
    changed = rows_of("x90")
    assert changed != before

    restored = _restore(archive, replace=True, confirm="X90")

    assert restored.kept == "x90_replaced_20261123"
    assert rows_of("x90") == before
    kept = rows_of(restored.kept)
    assert kept["dossiers_draft"] == []
    with tenant_context(get_tenant("X90")):
        assert cache.get(cache_key) is None
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {restored.kept}.dossiers_dossier")
    assert get_tenant("X90").state == lived_in.state

    again = _restore(archive, replace=True, confirm="X90", drop_replaced=True)
    assert again.kept == ""
    assert "x90_replaced_20261123_2" not in schemas()
    assert rows_of("x90") == before


def test_files_that_a_schema_put_aside_claims_are_not_swept_away(archive, lived_in):
    """Take ``set_other_claims`` out of the roof and the file of the rows before is gone after two days."""
    with tenant_context(lived_in):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            People(lived_in, NOW).hand_in()
            rolled_back = StoredFile.objects.order_by("-id").first().key
            raise ZeroDivisionError
        People(lived_in, NOW).hand_in()
        newer = StoredFile.objects.order_by("-id").first().key
    _restore(archive, replace=True, confirm="X90")
    with tenant_context(lived_in):
        assert not StoredFile.objects.filter(key=newer).exists()
        assert remove_unclaimed(now=NOW + timedelta(days=2)) == 1
    assert default_storage.exists(newer)
    assert not default_storage.exists(rolled_back)


def test_restore_tenant_under_its_own_code_when_it_is_gone(archive, tmp_path):
    tenant = _restore(archive, code="Y01", host="y01.localhost").tenant
    own, before = tmp_path / "y01.motcua", rows_of("y01")
    export_tenant(code="Y01", to=own, by=BY, now=NOW)
    forget("Y01")

    restored = _restore(own)

    assert (restored.tenant.code, restored.tenant.public_id) == ("Y01", str(tenant.public_id))
    assert get_primary_host(restored.tenant) == "y01.localhost"
    assert rows_of("y01") == before
    assert not restored.listed  # the centre forgot its archives with the tenant


def test_restore_tenant_that_was_dropped_is_there_again_with_its_files(archive, tmp_path):
    """Retired as it was. Seen to fail when it stays noted as dropped: the next drop deletes the files and no schema."""
    _restore(archive, code="Y05", host="y05.localhost")
    own, before = tmp_path / "y05.motcua", rows_of("y05")
    retire_tenant(code="Y05", confirm="Y05", reason="Thử", by=BY, now=NOW)
    export_tenant(code="Y05", to=own, by=BY, now=NOW)
    drop_tenant(code="Y05", confirm="Y05", by=BY, now=NOW)
    assert "y05" not in schemas()

    _restore(own, replace=True, confirm="Y05")

    back = get_tenant("Y05")
    assert (back.state, back.dropped_at) == (TenantState.RETIRED, None)
    assert back.id in {tenant.id for tenant in list_tenants()}
    assert rows_of("y05") == before
    drop_tenant(code="Y05", confirm="Y05", without_archive="Thử", by=BY, now=NOW)
    assert "y05" not in schemas()


def test_restore_tenant_of_an_older_release_comes_back_at_it(tmp_path):
    """The next rollout takes it on from there."""
    create_tenant(code="Y02", name="Tỉnh Cũ", kind="PROVINCE", host="y02.localhost", now=NOW, release=1)
    path = tmp_path / "y02.motcua"
    export_tenant(code="Y02", to=path, by=BY, now=NOW)
    restored = _restore(path, code="Y03", host="y03.localhost")
    assert get_tenant("Y03").release == restored.tenant.release == 1
    with looking() as owner:
        fingerprints = read_fingerprints(owner.cursor(), ["y02", "y03"])
    assert fingerprints["y02"] == fingerprints["y03"]


def test_restore_tenant_refuses_a_release_that_is_not_here(archive):
    before = schemas()
    with central_context():
        script = TemplateScript.objects.order_by("release").last()
        TemplateScript.objects.filter(id=script.id).update(migrations_sha256="0" * 64)
    try:
        with pytest.raises(errors.ReleaseNotHere):
            _restore(archive, code="Y01", host="y01.localhost")
    finally:
        with central_context():
            TemplateScript.objects.filter(id=script.id).update(migrations_sha256=script.migrations_sha256)
    assert schemas() == before
    assert find_tenant("Y01") is None


def test_restore_tenant_of_a_drifted_schema_needs_a_word(tmp_path):
    tenant = create_tenant(code="Y02", name="Tỉnh Lệch", kind="PROVINCE", host="y02.localhost", now=NOW)
    with looking() as owner:
        owner.execute("CREATE INDEX by_hand ON y02.dossiers_dossier (owner_name)")
    path = tmp_path / "y02.motcua"
    export_tenant(code="Y02", to=path, by=BY, now=NOW)
    with pytest.raises(errors.ShapeNotSame):
        _restore(path, code="Y03", host="y03.localhost")
    assert find_tenant("Y03") is None
    assert "y03_restoring" not in schemas()
    restored = _restore(path, code="Y03", host="y03.localhost", to_shape=True)
    assert restored.tenant.release == tenant.release


def test_export_tenant_can_be_read_without_us(archive, lived_in):
    """Standard tar, gzip, CSV, JSON: no code of ours."""
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        manifest = json.loads(tar.extractfile("manifest.json").read())
        parties = gzip.decompress(tar.extractfile("data/dossiers_party.csv.gz").read()).decode()
        listed = gzip.decompress(tar.extractfile("files.csv.gz").read()).decode().splitlines()[1:]
        for line in listed:
            key, size, sha256 = line.split(",")
            content = tar.extractfile(f"files/{key}").read()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), sha256)
    assert names[0] == "README.txt"
    assert names[-2:] == ["manifest.json", "manifest.sha256"]
    assert "Nguyễn Văn Bình" in parties
    assert manifest["tenant"]["name"] == "Tỉnh Lưu Trữ"
    assert len(listed) == manifest["files"] == 3
    assert "data/audit_entry.csv.gz" in names


def test_export_tenant_keeps_it_for_its_owner_and_leaves_a_trace(lived_in, tmp_path):
    """Its own archive: the trail of the one that all share ended with the file that made it."""
    path = tmp_path / "own.motcua"
    export_tenant(code="X90", to=path, by=BY, now=NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with central_context():
        row = Archive.objects.get(path=str(path))
    assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (row.size, row.files) == (path.stat().st_size, 3)
    assert any(act.action == "tenant.exported" and act.tenant_code == "X90" for act in list_acts())


def test_export_tenant_leaves_short_lived_secrets_out(tmp_path):
    path = tmp_path / "x.motcua"
    with looking() as owner:
        owner.execute("INSERT INTO x90.django_session VALUES ('a-secret', 'b', now()) ON CONFLICT DO NOTHING")
    export_tenant(code="X90", to=path, by=BY, now=NOW)
    with tarfile.open(path) as tar:
        for name in settings.TENANT_TABLES_LEFT_OUT:
            lines = gzip.decompress(tar.extractfile(f"data/{name}.csv.gz").read()).decode().splitlines()
            assert len(lines) == 1  # the names of the columns
        readme = tar.extractfile("README.txt").read().decode()
    assert "django_session" in readme


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({}, errors.TenantStillThere),
        ({"code": "H21", "host": "moi.localhost"}, errors.TenantStillThere),
        ({"code": "Y01"}, errors.HostNeeded),
        ({"code": "y1", "host": "gialai.localhost"}, Refusals),
        ({"replace": True}, errors.ReplaceNotConfirmed),
        ({"replace": True, "confirm": "H21"}, errors.ReplaceNotConfirmed),
        ({"replace": True, "confirm": "H21", "code": "H21"}, errors.ReplaceUnderAnotherCode),
    ],
)
def test_restore_tenant_refuses_an_aim_and_changes_nothing(archive, changed, refusal):
    before, rows, acts = schemas(), rows_of("x90"), list_acts(limit=1)[0].id
    with pytest.raises(refusal) as caught:
        _restore(archive, **changed)
    assert str(caught.value)
    assert (schemas(), rows_of("x90"), list_acts(limit=1)[0].id) == (before, rows, acts)
    assert find_tenant("Y01") is None
