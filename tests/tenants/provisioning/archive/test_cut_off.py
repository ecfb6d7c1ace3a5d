"""A full disk, a killed process: the tenant is as it was, nothing half lies about, and the rerun works.

Both are real: a file system with no room, a limit of the kernel's, and ``kill -9`` of another process.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connections

from tenants.provisioning.archive import errors
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.connecting import tenant_lock
from tenants.provisioning.models import Archive
from tenants.registry.context import central_context
from tenants.registry.selectors import find_tenant
from tests.maintenance import url_of
from tests.tenants.provisioning.archive.conftest import BY, NOW, looking, rows_of, schemas

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def manage(files_place):
    """The command in a process of its own, in the tests' database."""
    started = []

    def start(*words, **more):
        database = url_of(connections["default"].settings_dict)
        around = {**os.environ, "DATABASE_URL": database, "MEDIA_ROOT": str(files_place)}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "tenant", *map(str, words)],
            cwd=ROOT, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _archives():
    with central_context():
        return Archive.objects.count()


def test_export_tenant_on_a_full_disk_leaves_nothing_behind(tmp_path, lived_in):
    """Take the ``unlink`` out of ``whole_file`` and the part stays on the full disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk; the kernel's limit is tried below")
    try:
        before, count = rows_of("x90"), _archives()
        with pytest.raises(errors.ArchiveNotWritten) as caught:
            export_tenant(code="X90", to=disk / "x90.motcua", by=BY, now=NOW)
        assert "hết chỗ" in str(caught.value)
        assert list(disk.iterdir()) == []
        assert (rows_of("x90"), _archives()) == (before, count)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_export_tenant_over_the_limit_leaves_nothing_behind(manage, tmp_path):
    path = tmp_path / "x90.motcua"
    limit = 100 * 1024
    process = manage(
        "export", "X90", "--to", path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "[archive.not_written]" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_export_tenant_refuses_to_write_over_a_file(archive, tmp_path):
    before = archive.read_bytes()
    with pytest.raises(errors.ArchiveExists):
        export_tenant(code="X90", to=archive, by=BY, now=NOW)
    assert archive.read_bytes() == before
    with pytest.raises(errors.ArchiveNotWritten, match="hãy tạo trước"):
        export_tenant(code="X90", to=tmp_path / "none" / "x.motcua", by=BY, now=NOW)
    with pytest.raises(errors.ArchiveTenantUnknown):
        export_tenant(code="Y99", to=tmp_path / "x.motcua", by=BY, now=NOW)
    assert list(tmp_path.iterdir()) == [archive]


def test_export_tenant_refuses_when_the_storage_has_lost_a_file(lived_in, files_place, tmp_path):
    """Take the comparison out of ``_pour`` and an archive with a hole is called whole."""
    lost = next(one for one in (files_place / "x90").rglob("*") if one.is_file())
    content = lost.read_bytes()
    try:
        for bad in (b"", content[:-1], content + b"x", content[:-1] + b"x"):
            lost.write_bytes(bad)
            with pytest.raises(errors.StoredFileLost):
                export_tenant(code="X90", to=tmp_path / "x.motcua", by=BY, now=NOW)
        lost.unlink()
        with pytest.raises(errors.StoredFileLost):
            export_tenant(code="X90", to=tmp_path / "x.motcua", by=BY, now=NOW)
    finally:
        lost.write_bytes(content)
    assert list(tmp_path.iterdir()) == []


def test_export_tenant_after_a_killed_one(manage, tmp_path):
    path = tmp_path / "x90.motcua"
    part = tmp_path / "x90.motcua.part"
    part.write_bytes(b"left by a killed process" * 100_000)
    export_tenant(code="X90", to=path, by=BY, now=NOW)
    assert list(tmp_path.iterdir()) == [path]
    restore_tenant(path=path, code="Y01", host="y01.localhost", by=BY, now=NOW)


def _wait_for(look, process):
    for _attempt in range(6000):
        with looking() as owner:
            if owner.execute(look).fetchone():
                return
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0])
        time.sleep(0.01)
    raise AssertionError("never came so far")


def _kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)


def _let_the_server_notice():
    """It finds out in its own time that nobody is there any more; until then the dead restore holds its lock."""
    alive = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name LIKE 'motcua restore %'"
    )
    end = time.monotonic() + 30
    with looking() as asked:
        while asked.execute(alive).fetchone():
            assert time.monotonic() < end
            time.sleep(0.02)


def test_a_restore_that_is_killed_before_the_swap_leaves_the_living_tenant(manage, archive):
    """It has loaded everything and waits for open work.

    Let restore_tenant empty one table of the living schema before it loads, and its rows are gone here.
    """
    before = rows_of("x90")
    with looking() as busy, busy.transaction():
        busy.execute("LOCK TABLE x90.dossiers_dossier IN ACCESS SHARE MODE")
        process = manage("restore", archive, "--replace", "--confirm", "X90")
        _wait_for("SELECT 1 FROM pg_namespace WHERE nspname = 'x90_restoring'", process)
        _kill(process)
    _let_the_server_notice()
    assert rows_of("x90") == before
    assert not [name for name in schemas() if name.startswith("x90_replaced")]
    restored = restore_tenant(path=archive, replace=True, confirm="X90", by=BY, now=NOW)
    assert rows_of("x90") == before
    assert restored.kept
    assert "x90_restoring" not in schemas()


def test_a_restore_that_is_killed_while_loading_leaves_nothing(manage, archive, files_place):
    before = rows_of("x90")
    process = manage("restore", archive, "--as", "Y01", "--host", "y01.localhost")
    _wait_for(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'motcua restore Y01' AND xact_start IS NOT NULL",
        process,
    )
    _kill(process)
    _let_the_server_notice()
    assert rows_of("x90") == before
    assert find_tenant("Y01") is None
    assert "y01" not in schemas()
    restore_tenant(path=archive, code="Y01", host="y01.localhost", by=BY, now=NOW)
    assert rows_of("y01") == before


def test_a_restore_gives_way_to_work_that_never_stops(archive, monkeypatch):
    """Nobody's open transaction is broken off, and nobody waits behind the restore for longer than a second.

    Take ``LOCK TABLE`` out of ``_put_aside`` and the schema is exchanged under an open transaction.
    """
    monkeypatch.setattr("tenants.provisioning.archive.swapping._ATTEMPTS", 2)
    before = rows_of("x90")
    with looking() as busy, busy.transaction():
        busy.execute("SELECT count(*) FROM x90.workflow_step")
        with pytest.raises(errors.TenantNeverQuiet):
            restore_tenant(path=archive, replace=True, confirm="X90", by=BY, now=NOW)
        busy.execute("SELECT count(*) FROM x90.workflow_step")
    assert rows_of("x90") == before
    assert not [name for name in schemas() if name.startswith("x90_")]


def test_restore_and_export_keep_off_a_tenant_that_is_being_upgraded(archive, lived_in):
    with looking() as upgrade, upgrade.transaction():
        upgrade.execute("SELECT pg_advisory_xact_lock(%s)", [tenant_lock(lived_in.id)])
        with pytest.raises(errors.SchemaInWork):
            restore_tenant(path=archive, replace=True, confirm="X90", by=BY, now=NOW)
        with pytest.raises(errors.SchemaInWork):
            export_tenant(code="X90", to=archive.with_name("again.motcua"), by=BY, now=NOW)
    assert "x90_restoring" not in schemas()
