"""Importing: all of a file or nothing, drafts until a person confirmed, the same file twice changes nothing."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.catalogue import selectors, services
from apps.catalogue.enums import FindingKind, VersionState
from apps.catalogue.errors import (
    ContentRefused,
    FindingConfirmed,
    FindingsOpen,
    FindingUnknown,
    ImportRefused,
    LimitNeeded,
    NoteNeeded,
)
from apps.catalogue.models import ImportFinding, ProcedureTemplate, TemplateVersion
from apps.catalogue.national_files import read_national
from kernel.errors import Refusals
from tests.apps.catalogue.catalogue_records import RECORD, record
from tests.publishing import publish_by_two

pytestmark = pytest.mark.usefixtures("central")
REAL = Path(__file__).resolve().parents[4] / "shared" / "domain" / "procedure_templates.json"
LIMIT = {"amount": 3, "unit": "WORKING_DAY", "start": "NEXT_DAY", "legal_ground": "Luật Hộ tịch"}


def load(operator, now, *records: object) -> list:
    stream = io.BytesIO(json.dumps({"procedures": list(records)}).encode())
    return services.import_catalogue(stream=stream, by=operator, now=now)


def test_import_makes_a_draft_with_its_findings(operator, now) -> None:
    (row,) = load(operator, now, record())
    assert (row.code, row.outcome) == ("1.000001", "CREATED")
    version = TemplateVersion.objects.get()
    assert version.state == VersionState.DRAFT
    assert [f.kind for f in selectors.list_findings(version.id)] == [FindingKind.LIMIT_UNCONFIRMED]


def test_import_twice_changes_nothing(operator, now) -> None:
    load(operator, now, record())
    before = TemplateVersion.objects.get().content_sha256
    assert [row.outcome for row in load(operator, now, record())] == ["UNCHANGED"]
    assert TemplateVersion.objects.get().content_sha256 == before
    assert ImportFinding.objects.count() == 1


def test_import_of_a_changed_record_replaces_the_draft_and_its_findings(operator, now) -> None:
    load(operator, now, record())
    (row,) = load(operator, now, record(name="Tên mới", field=None))
    assert row.outcome == "UPDATED"
    assert TemplateVersion.objects.get().content["name"] == "Tên mới"
    assert {f.kind for f in ImportFinding.objects.all()} == {"LIMIT_UNCONFIRMED", "FIELD_MISSING"}


def test_import_leaves_a_draft_written_by_hand_alone(operator, now) -> None:
    services.create_draft(code="1.000001", content={"code": "1.000001", "name": "Tay"}, by=operator, now=now)
    assert [row.outcome for row in load(operator, now, record())] == ["KEPT"]
    assert TemplateVersion.objects.get().content["name"] == "Tay"


def test_import_refuses_a_file_with_any_problem_and_writes_nothing(operator, now) -> None:
    with pytest.raises(ImportRefused) as refusal:
        load(operator, now, record(), record(), {"code": "x"}, 3, record(code="1.000002", name=""))
    places = [problem.place for problem in refusal.value.problems]
    assert places == [
        "procedures[1].code",
        "procedures[2]",
        "procedures[2].code",
        "procedures[3]",
        "procedures[4].name",
    ]
    assert not ProcedureTemplate.objects.exists()


def test_import_refuses_an_empty_list(operator, now) -> None:
    with pytest.raises(ImportRefused):
        load(operator, now)


def test_publish_waits_for_a_person(operator, now) -> None:
    load(operator, now, record())
    version = TemplateVersion.objects.get()
    with pytest.raises(Refusals) as refusal:
        services.submit_version(version_id=version.id, changes="Nhập mới", by=operator, now=now)
    assert [type(one) for one in refusal.value.refusals] == [FindingsOpen, ContentRefused]
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_confirm_finding_writes_the_confirmed_limit(operator, now) -> None:
    load(operator, now, record())
    finding = ImportFinding.objects.get()
    for wrong in (None, {}, {**LIMIT, "amount": 0}, {**LIMIT, "legal_ground": ""}):
        with pytest.raises(LimitNeeded):
            services.confirm_finding(finding_id=finding.id, note="", limit=wrong, by=operator, now=now)
    services.confirm_finding(finding_id=finding.id, note="", limit=LIMIT, by=operator, now=now)
    version = TemplateVersion.objects.get()
    limit = version.content["cases"][0]["limit"]
    assert (limit["confirmed"], limit["amount"], limit["legal_ground"]) == (True, 3, "Luật Hộ tịch")
    assert limit["source_text"].startswith("1.000001.01: 3 WORKING_DAY")
    assert selectors.list_findings(version.id, only_open=True) == []
    with pytest.raises(FindingConfirmed):
        services.confirm_finding(finding_id=finding.id, note="", limit=LIMIT, by=operator, now=now)


def test_confirm_finding_about_anything_else_needs_a_note(operator, now) -> None:
    load(operator, now, record(field=None))
    finding = ImportFinding.objects.get(kind=FindingKind.FIELD_MISSING)
    with pytest.raises(NoteNeeded):
        services.confirm_finding(finding_id=finding.id, note=" ", by=operator, now=now)
    services.confirm_finding(finding_id=finding.id, note="Đã bổ sung lĩnh vực", by=operator, now=now)
    with pytest.raises(FindingUnknown):
        services.confirm_finding(finding_id=0, note="x", by=operator, now=now)


def test_an_imported_procedure_can_be_finished_and_published(operator, now) -> None:
    load(operator, now, record())
    version = TemplateVersion.objects.get()
    services.confirm_finding(
        finding_id=ImportFinding.objects.get().id, note="", limit=LIMIT, by=operator, now=now
    )
    version.refresh_from_db()
    national = next(file.content for file in read_national() if file.code == "1.000656")
    content = {**version.content, "form": national["form"], "process": national["process"]}
    services.update_draft(version_id=version.id, content=content, by=operator, now=now)
    done = publish_by_two(version_id=version.id, effective_from=now.date(), by=operator, now=now)
    assert done.state == VersionState.PUBLISHED


@pytest.mark.skipif(not REAL.exists(), reason="the facts folder is not on this machine")
def test_command_imports_the_thirty_records_and_reports_row_by_row(capsys) -> None:
    call_command("catalogue", "import", str(REAL), "--report", "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len({row["code"] for row in rows}) == 30
    kinds = Counter(row["kind"] for row in rows)
    assert kinds == {
        "ZERO_FEE": 63,
        "ALL_COMPONENTS_OPTIONAL": 30,
        "LIMIT_UNCONFIRMED": 24,
        "CONFLICTING_LIMITS": 14,
        "NO_USABLE_LIMIT": 13,
        "LEVEL_UNCLEAR": 11,
        "SEVERAL_FEES": 7,
        "FIELD_MISSING": 5,
        "FEE_NOT_STATED": 5,
        "DUPLICATE_CASE": 4,
        "UNLIKELY_FEE": 1,
    }
    assert TemplateVersion.objects.filter(state=VersionState.DRAFT).count() == 30
    assert ImportFinding.objects.count() == sum(kinds.values())


def test_command_reports_every_problem_and_imports_nothing(tmp_path, capsys) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"procedures": [{**RECORD, "code": "x"}, {**RECORD, "name": 3}]}))
    with pytest.raises(CommandError, match="2 lỗi"):
        call_command("catalogue", "import", str(path))
    assert capsys.readouterr().err.count("procedures[") == 2
    assert not ProcedureTemplate.objects.exists()


def test_command_says_when_there_is_no_file(tmp_path) -> None:
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("catalogue", "import", str(tmp_path / "none.json"))


def test_command_loads_lists_and_publishes(capsys, tmp_path) -> None:
    call_command("catalogue", "load-national")
    call_command("catalogue", "list", "--search", "khai sinh")
    out = capsys.readouterr().out
    assert out.count("đã công bố") == 12
    assert "1.001193  Thủ tục đăng ký khai sinh" in out
    with pytest.raises(CommandError, match="không có bản nháp"):
        call_command("catalogue", "publish", "1.001193")
    with pytest.raises(CommandError, match="Không có thủ tục"):
        call_command("catalogue", "publish", "9.999999")
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"procedures": [RECORD]}))
    call_command("catalogue", "import", str(path))
    call_command("catalogue", "findings", "1.000001")
    with pytest.raises(CommandError, match="phải có người xác nhận"):
        call_command("catalogue", "submit", "1.000001", "--changes", "Nhập mới")
    finding = ImportFinding.objects.get()
    call_command("catalogue", "confirm", str(finding.id), "--limit", json.dumps(LIMIT))
    assert "Đã xác nhận" in capsys.readouterr().out
    with pytest.raises(CommandError, match="thiếu form, process"):
        call_command("catalogue", "submit", "1.000001", "--changes", "Nhập mới")
