"""Long work that the console asks for, as the worker carries it out: looked at, decided, done once."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from kernel.actors import Actor, ActorKind
from kernel.ids import uuid7
from tenants.provisioning import errors
from tenants.provisioning.archive import errors as archive_errors
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.models import Archive, LongJob
from tenants.provisioning.working import exporting, jobs, restoring
from tenants.provisioning.working.errors import LookTooOld, WorkNotWaiting
from tenants.provisioning.working.running import run_work
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct
from tests.tenants.provisioning.archive.conftest import NOW, looking, rows_of, schemas

BY = Actor(kind=ActorKind.OPERATOR, id=None, name="Nguyễn Vận Hành")


@pytest.fixture(autouse=True)
def _no_jobs_left(_committed, tmp_path):
    settings.ARCHIVE_ROOT = tmp_path
    yield
    with central_context():
        LongJob.objects.all().delete()


def _run(public_id: UUID, now: datetime = NOW) -> LongJob:
    run_work(public_id=public_id, clock=lambda: now)
    return jobs.get_work(public_id)


@pytest.fixture
def beside(kept_archive, lived_in):
    """Y01: the archive of X90 brought back beside it, by the console's way."""
    with central_context():
        archive = Archive.objects.get(path=str(kept_archive))
    public_id = restoring.start_look(code="X90", archive_id=archive.id, by=BY, now=NOW)
    look = _run(public_id).report["look"]
    restoring.confirm_beside(public_id=public_id, code="y01", host="Y01.localhost", by=BY, now=NOW)
    return look, _run(public_id)


@pytest.fixture
def own_archive(beside):
    """An archive that Y01 has of itself."""
    job = _run(exporting.start_export(code="Y01", by=BY, now=NOW))
    with central_context():
        return Archive.objects.get(id=job.report["archive"])


def _add_a_row():
    with looking() as owner:
        owner.execute(
            "INSERT INTO y01.organisations_unitalias (unit_id, system, code, valid_from)"
            " SELECT unit_id, system, '000.99', valid_from FROM y01.organisations_unitalias"
        )


def _look(archive) -> UUID:
    public_id = restoring.start_look(code="Y01", archive_id=archive.id, by=BY, now=NOW)
    assert _run(public_id).state == "DONE"
    return public_id


def test_an_archive_of_the_list_becomes_a_tenant_beside(beside):
    look, job = beside
    assert (job.state, job.report["code"], job.report["kept"]) == ("DONE", "Y01", "")
    assert rows_of("y01") == rows_of("x90")
    assert look["differences"] == []
    assert (look["rows"], look["files"]) == (job.report["rows"], 3)
    assert [act.action for act in list_acts(limit=2)] == ["tenant.restored", "tenant.restore_confirmed"]


def test_what_would_be_lost_is_told_and_then_given_up(own_archive):
    before = rows_of("y01")
    _add_a_row()
    public_id = _look(own_archive)
    assert jobs.get_work(public_id).report["look"]["differences"] == [
        {"table": "organisations_unitalias", "archived": 1, "living": 2, "added": 1}
    ]
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
    job = _run(public_id)
    assert job.state == "DONE"
    assert rows_of("y01") == before
    assert job.report["kept"] in schemas()
    assert rows_of("x90") == before


def test_a_decision_that_is_refused_changes_nothing(own_archive):
    """One archive for all of them: each lays in a tenant."""
    public_id, later = _look(own_archive), NOW + timedelta(minutes=31)

    def replace(confirm, now=NOW):
        restoring.confirm_replace(public_id=public_id, confirm=confirm, by=BY, now=now)

    def beside(code, host):
        restoring.confirm_beside(public_id=public_id, code=code, host=host, by=BY, now=NOW)

    def everything():
        with central_context():
            return rows_of("y01"), list(LongJob.objects.order_by("id").values()), OperatorAct.objects.count()

    before = everything()
    for decide, refusal in (
        (lambda: replace("X90"), errors.ConfirmationDiffers),
        (lambda: replace("Y01", later), LookTooOld),
        (lambda: beside("X90", "y02.localhost"), errors.TenantCodeTaken),
        (lambda: beside("Y02", "y01.localhost"), errors.HostTaken),
    ):
        with pytest.raises(refusal):
            decide()
        assert everything() == before
    assert _run(public_id).state == "DONE"  # a stray message finds nothing to do
    assert everything() == before


def _merge(**changed):
    """The row that a merge leaves in which Y01 stayed."""
    with central_context():
        return LongJob.objects.create(
            **{
                "public_id": uuid7(),
                "kind": "MERGE",
                "tenant_code": "Y09",
                "state": "DONE",
                "asked": {"into": "Y01", "ground": "NQ 1", "day": "2026-11-23"},
                "progress": {"state_before": "READY", "notice_before": "", "moved": 5},
                "created_at": NOW,
                "finished_at": NOW + timedelta(hours=1),
                "created_by_name": "x",
            }
            | changed
        )


def test_an_archive_of_before_a_merge_does_not_take_its_rows_away(own_archive):
    """Seen failing on the page and by command without refuse_merged: the dossiers of the one that went were gone."""
    public_id, before = _look(own_archive), rows_of("y01")
    begun = {"finished_at": None}
    for merge, refusal in (
        ({}, archive_errors.MergedSince),
        ({"state": "FAILED", **begun}, archive_errors.TenantInMerge),
        (
            {"state": "RUNNING", "tenant_code": "Y01", "asked": {"into": "Y09"}, **begun},
            archive_errors.TenantInMerge,
        ),
    ):
        row = _merge(**merge)
        with pytest.raises(refusal):
            restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
        with pytest.raises(refusal):
            restore_tenant(path=Path(own_archive.path), by=BY, now=NOW, replace=True, confirm="Y01")
        jobs.restart(public_id=public_id, by=BY, now=NOW)
        assert "nhập" in _run(public_id).report["look"]["in_the_way"]
        assert rows_of("y01") == before
        row.delete()


def test_a_merge_of_before_the_archive_and_one_given_up_are_in_nobodys_way(own_archive):
    _merge(finished_at=NOW - timedelta(days=1))
    _merge(state="FAILED", error="abandoned")
    public_id = _look(own_archive)
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
    assert _run(public_id).state == "DONE"


def test_a_decision_is_not_carried_out_long_after(own_archive):
    """The broker hands out again what a dead worker had. Seen failing without the look at ``decided_at``."""
    public_id = _look(own_archive)
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
    _add_a_row()
    before = rows_of("y01")
    job = _run(public_id, NOW + timedelta(minutes=61))
    assert job.state == "FAILED"
    assert "không còn mới" in job.error
    assert rows_of("y01") == before


def test_a_worker_that_dies_behind_the_swap_does_not_restore_twice(own_archive, monkeypatch):
    """What people wrote since would be lost. Seen failing: with ``within=done`` taken out of run_restore the row goes."""
    public_id = _look(own_archive)
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)

    class Dead(BaseException):
        pass

    def die(*_words, **_more):
        raise Dead

    with monkeypatch.context() as patched:
        patched.setattr("tenants.provisioning.archive.restoring._is_listed", die)
        patched.setattr("tenants.provisioning.working.running._fail", lambda *words: None)
        with pytest.raises(Dead):
            run_work(public_id=public_id, clock=lambda: NOW)
    _add_a_row()
    assert _run(public_id).state == "DONE"
    assert len(rows_of("y01")["organisations_unitalias"]) == 2
    assert len([name for name in schemas() if name.startswith("y01_replaced")]) == 1


def test_an_archive_that_was_changed_is_refused_before_anything(own_archive):
    public_id = _look(own_archive)
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
    path, before = Path(own_archive.path), rows_of("y01")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    job = _run(public_id)
    assert job.state == "FAILED"
    assert job.finished_at is None
    assert rows_of("y01") == before
    jobs.restart(public_id=public_id, by=BY, now=NOW)
    job = _run(public_id)  # begins with the look, and that finds it too
    assert (job.asked["act"], job.state) == ("LOOK_RESTORE", "FAILED")
    with pytest.raises(WorkNotWaiting):
        restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)


def test_a_forged_archive_is_told_by_the_hash_that_the_centre_kept(own_archive, tmp_path):
    """Whole in itself, and another one: without the hash given on, restore_tenant would take it with a notice."""
    public_id = _look(own_archive)
    restoring.confirm_replace(public_id=public_id, confirm="Y01", by=BY, now=NOW)
    _add_a_row()
    export_tenant(code="Y01", to=tmp_path / "other.motcua", by=BY, now=NOW)
    (tmp_path / "other.motcua").replace(own_archive.path)
    before = rows_of("y01")
    assert "mã SHA-256 khác" in _run(public_id).error
    assert rows_of("y01") == before
