"""A full record that changes after its procedure was published, or while its draft is worked on."""

import io
import json
from datetime import datetime

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.errors import ChangeBlocked
from apps.catalogue.models import ImportFinding, ImportRun, SourceChange, TemplateVersion
from apps.catalogue.national_files import read_national
from kernel.actors import Actor
from tests.apps.catalogue.catalogue_records import RECORD, record
from tests.publishing import publish_by_two

pytestmark = pytest.mark.usefixtures("central")
LIMIT = {"amount": 3, "unit": "WORKING_DAY", "start": "NEXT_DAY", "legal_ground": "Luật Hộ tịch"}


def load(operator, now, *records: object) -> list:
    stream = io.BytesIO(json.dumps({"procedures": list(records)}).encode())
    return services.import_catalogue(stream=stream, file_name="ho-so.json", by=operator, now=now)


def finish_and_publish(version: TemplateVersion, operator: Actor, now: datetime, **changes: object) -> None:
    national = next(file.content for file in read_national() if file.code == "1.000656")
    content = {**version.content, "form": national["form"], "process": national["process"], **changes}
    services.update_draft(version_id=version.id, content=content, by=operator, now=now)
    publish_by_two(version_id=version.id, effective_from=now.date(), by=operator, now=now)


def test_import_beside_a_published_version_waits_for_a_steward_and_then_makes_a_draft(operator, now) -> None:
    services.load_national(by=operator, now=now)
    (row,) = load(operator, now, record(code="1.001193"))
    assert row.outcome == "PROPOSED"
    assert [v.number for v in selectors.get_template("1.001193").versions] == [1]
    services.accept_change(change_id=SourceChange.objects.get().id, by=operator, now=now)
    assert [v.number for v in selectors.get_template("1.001193").versions] == [2, 1]
    found = selectors.find_newest_published("1.001193")
    assert found is not None
    assert found.number == 1
    draft = TemplateVersion.objects.get(template__code="1.001193", number=2)
    assert draft.content["name"] == "Thủ tục thử"
    assert draft.content["process"] == found.content["process"]
    assert draft.findings.filter(state="OPEN", kind="LIMIT_UNCONFIRMED").count() == 1
    assert [row.outcome for row in load(operator, now, record(code="1.001193"))] == ["UNCHANGED"]


def test_a_change_of_a_published_source_reaches_only_what_it_changes(operator, now) -> None:
    """What a person has written meanwhile stays, and so do the answers about what the source says as before."""
    load(operator, now, record(field=None))
    first = TemplateVersion.objects.get()
    for finding in ImportFinding.objects.all():
        services.confirm_finding(finding_id=finding.id, note="Đã bổ sung", limit=LIMIT, by=operator, now=now)
    first.refresh_from_db()
    field = {"code": "G15-TP07", "name": "Hộ tịch"}
    finish_and_publish(first, operator, now, field=field, executing="UBND phường")
    (row,) = load(
        operator, now, record(field=None, name="Tên mới", results=[{"code": "KQ.2", "name": "Khác"}])
    )
    assert row.outcome == "PROPOSED"
    services.accept_change(change_id=SourceChange.objects.get(state="PROPOSED").id, by=operator, now=now)
    draft = TemplateVersion.objects.get(number=2)
    assert (draft.content["name"], draft.content["executing"]) == ("Tên mới", "UBND phường")
    assert draft.content["results"] == [{"code": "KQ.2", "name": "Khác"}]
    assert draft.content["field"] == field
    assert draft.content["cases"][0]["limit"]["confirmed"]
    assert selectors.list_findings(draft.id, only_open=True) == []
    assert draft.findings.filter(state="RESOLVED", note="Đã bổ sung").count() == 2


def test_a_change_of_a_published_source_can_be_rejected(operator, now) -> None:
    services.load_national(by=operator, now=now)
    load(operator, now, record(code="1.001193"))
    change = SourceChange.objects.get()
    services.reject_change(change_id=change.id, reason="Nguồn ghi sai", by=operator, now=now)
    assert [row.outcome for row in load(operator, now, record(code="1.001193"))] == ["REFUSED"]
    assert TemplateVersion.objects.filter(template__code="1.001193").count() == 1


def test_a_change_is_blocked_while_a_draft_is_open(operator, now) -> None:
    services.load_national(by=operator, now=now)
    load(operator, now, record(code="1.001193"))
    content = selectors.find_newest_published("1.001193").content
    services.create_draft(code="1.001193", content=content, by=operator, now=now)
    change = SourceChange.objects.get()
    with pytest.raises(ChangeBlocked, match="phiên bản 2"):
        services.accept_change(change_id=change.id, by=operator, now=now)
    change.refresh_from_db()
    assert change.state == "PROPOSED"


def test_reimport_of_a_draft_keeps_the_answers_about_what_stays(operator, now) -> None:
    load(operator, now, record(field=None))
    for finding in ImportFinding.objects.all():
        services.confirm_finding(finding_id=finding.id, note="Đã xem", limit=LIMIT, by=operator, now=now)
    load(operator, now, record(field=None, name="Tên mới"))
    version = TemplateVersion.objects.get()
    assert (version.content["name"], version.content["cases"][0]["limit"]["confirmed"]) == ("Tên mới", True)
    assert selectors.list_findings(version.id, only_open=True) == []
    load(operator, now, record(field=None, name="Tên mới", cases=[{**RECORD["cases"][0], "qty": 5}]))
    version.refresh_from_db()
    assert not version.content["cases"][0]["limit"]["confirmed"]
    (finding,) = selectors.list_findings(version.id, only_open=True)
    assert finding.place == "cases[1.000001.01].limit"
    assert (finding.kind, finding.note) == ("CONFLICTING_LIMITS", "")


def test_import_runs_tell_what_records_became(operator, now) -> None:
    load(operator, now, record(), record(code="1.000002"))
    load(operator, now, record(name="Mới"), record(code="1.000002"))
    run = selectors.get_run(ImportRun.objects.order_by("-id").first().id)
    assert (run.rows, run.unchanged, run.counts) == (2, 1, (("CHANGED", "ACCEPTED", 1),))


def test_say_record_change_is_read_by_a_person() -> None:
    changed = record(name="Tên mới", cases=[{**RECORD["cases"][0], "qty": 5}], documents=[])
    change = SourceChange(scope="RECORDS", before=record(), after=changed)
    said = selectors.say_record_change(change)
    assert ("Thủ tục thử", "Tên mới") in {(before, after) for _, before, after in said}
    assert any("Tờ khai" in what + before for what, before, _ in said)
    assert not any("{" in text for one in said for text in one)
    assert selectors.say_record_change(SourceChange(scope="RECORDS", before=None, after=record())) == []
