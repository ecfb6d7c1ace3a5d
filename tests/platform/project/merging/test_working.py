"""The merge of two lived-in provinces as the console asks for it and the worker carries it out."""

from uuid import UUID

import pytest
from django.core.files.storage import default_storage

from tenants.provisioning.connecting import connect
from tenants.provisioning.errors import ConfirmationDiffers
from tenants.provisioning.merging import errors, holding
from tenants.provisioning.models import LongJob
from tenants.provisioning.working import jobs, merging
from tenants.provisioning.working.errors import MergeBegun, ObstaclesRemain, WorkNotWaiting
from tenants.provisioning.working.running import run_work
from tests.platform.project.merging.conftest import (
    GROUND,
    NOW,
    OPERATOR,
    ask,
    fresh,
    rows_of,
    state_of,
)


def _look() -> UUID:
    return merging.start_look(source="Y08", into="Y21", ground=GROUND, by=OPERATOR, now=NOW)


def _run(public_id: UUID) -> LongJob:
    run_work(public_id=public_id, clock=lambda: NOW)
    return jobs.get_work(public_id)


def _confirm(public_id: UUID, confirm: str = "Y08") -> None:
    merging.confirm_merge(public_id=public_id, confirm=confirm, by=OPERATOR, now=NOW)


def _abandon(public_id: UUID) -> None:
    merging.abandon(public_id=public_id, confirm="Y08", by=OPERATOR, now=NOW)


def test_a_merge_from_the_look_to_the_report(pair, monkeypatch):
    before = state_of(pair)

    # An obstacle is found by the look, and told; nothing has changed.
    rename = "UPDATE y21.organisations_unit SET code = '{}' WHERE code = '{}'"
    with connect(name="test") as owner:
        owner.execute(rename.format("Y08.15", "Y21.15"))
        public_id = _look()
        look = _run(public_id).report["look"]
        owner.execute(rename.format("Y21.15", "Y08.15"))
    assert look["obstacles"]
    with pytest.raises(ObstaclesRemain):
        _confirm(public_id)

    # Looked at again it is gone.
    jobs.restart(public_id=public_id, by=OPERATOR, now=NOW)
    look = _run(public_id).report["look"]
    assert look["obstacles"] == []
    assert state_of(pair)[:-1] == before[:-1]
    with pytest.raises(ConfirmationDiffers):
        _confirm(public_id, "Y21")
    assert state_of(pair)[:-1] == before[:-1]

    # Somebody writes for longer than the merge waits: begun, nothing moved, given up.
    _confirm(public_id)
    monkeypatch.setattr(holding, "_WAIT", "300ms")
    with connect(name="writer") as writer, writer.transaction():
        writer.execute("UPDATE y08.dossiers_draft SET saved_at = saved_at")
        job = _run(public_id)
    assert (job.state, job.finished_at) == ("FAILED", None)
    assert fresh(pair).going.state == "READ_ONLY"
    with pytest.raises(MergeBegun):
        _look()
    _abandon(public_id)
    assert state_of(pair)[:-1] == before[:-1]
    with pytest.raises(WorkNotWaiting):
        jobs.restart(public_id=public_id, by=OPERATOR, now=NOW)

    # Once more, and a file is lost: it stops, and goes on when the file is back.
    public_id = _look()
    _run(public_id)
    _confirm(public_id)
    key = ask("SELECT key FROM y08.files_storedfile ORDER BY id LIMIT 1")[0][0]
    with default_storage.open(key) as stream:
        content = stream.read()
    default_storage.delete(key)
    job = _run(public_id)
    assert job.state == "FAILED"
    assert "không có trong kho" in job.error
    assert job.progress["moved"] > 0
    with pytest.raises(errors.TooLateToAbandon):
        _abandon(public_id)
    with default_storage.open(key, "wb") as stream:
        stream.write(content)
    jobs.restart(public_id=public_id, by=OPERATOR, now=NOW)
    job = _run(public_id)
    assert (job.state, job.report["done"]) == ("DONE", True)
    assert job.progress["moved"] == job.asked["rows"]
    assert fresh(pair).going.state == "RETIRED"
    assert rows_of("y08") == before[0]
    assert ask("SELECT public_id FROM y21.dossiers_dossier GROUP BY 1 HAVING count(*) > 1") == []

    # A message that comes late finds nothing to do.
    after = state_of(pair)
    _run(public_id)
    assert state_of(pair) == after
