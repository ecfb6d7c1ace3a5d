"""What an open finding keeps from happening: blocking ones a publishing, the others nothing."""

import io

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.enums import LIMIT_FINDINGS, FindingKind, Severity, severity_of
from apps.catalogue.errors import FindingsOpen, FindingUnknown, LimitNeeded
from apps.catalogue.models import ImportFinding, TemplateVersion
from apps.catalogue.selectors import FindingFilter, Rule
from kernel.errors import Refusals
from tests.apps.catalogue.catalogue_lists import row, table
from tests.apps.catalogue.catalogue_records import record
from tests.apps.catalogue.test_catalogue_record_changes import LIMIT, finish_and_publish, load

pytestmark = pytest.mark.usefixtures("central")


def load_list(operator, now, *rows, **options) -> None:
    stream = io.BytesIO(table(*rows))
    services.import_list(stream=stream, file_name="x.csv", whole=True, by=operator, now=now, **options)


def answer_limit(operator, now) -> TemplateVersion:
    finding = ImportFinding.objects.get(kind="LIMIT_UNCONFIRMED")
    services.confirm_finding(finding_id=finding.id, note="", limit=LIMIT, by=operator, now=now)
    return TemplateVersion.objects.get()


def test_severity_of_limits_is_always_blocking() -> None:
    """The law's own caution (facts, 7.2): a wrong due date harms a person."""
    assert {severity_of(kind) for kind in LIMIT_FINDINGS} == {Severity.BLOCKING}
    assert severity_of(FindingKind.EXECUTING_MISSING) == Severity.WARNING
    assert severity_of(FindingKind.STRAY_SPACE) == Severity.NOTE


def test_submit_version_goes_past_a_warning(operator, now) -> None:
    load(operator, now, record(executing=[], field={"code": "G15-TP07", "name": "Hộ tịch"}))
    finish_and_publish(answer_limit(operator, now), operator, now, executing="UBND cấp xã")
    assert ImportFinding.objects.get(state="OPEN").kind == "EXECUTING_MISSING"
    assert TemplateVersion.objects.get().state == "PUBLISHED"


def test_submit_version_waits_for_what_blocks(operator, now) -> None:
    """Seen failing with ``count_blocking`` answering 0: the version with an unlikely fee was published."""
    channel = {**record()["channels"][0], "fees": [{"type": "FEE", "value": 100, "note": ""}]}
    load(operator, now, record(channels=[channel]))
    version = answer_limit(operator, now)
    with pytest.raises((FindingsOpen, Refusals), match="1 điểm"):
        finish_and_publish(version, operator, now)
    assert TemplateVersion.objects.get().state == "DRAFT"


def test_submit_version_waits_for_what_blocks_in_the_national_list(operator, now) -> None:
    load(operator, now, record())
    version = answer_limit(operator, now)
    load_list(operator, now, row(1), row(1, name="Thủ tục khác"), row(2, code="1.0000021"))
    with pytest.raises((FindingsOpen, Refusals), match="1 điểm"):
        finish_and_publish(version, operator, now)
    finding = ImportFinding.objects.get(kind="CODE_REPEATED")
    services.confirm_finding(finding_id=finding.id, note="Của Bộ Tư pháp", by=operator, now=now)
    finish_and_publish(version, operator, now)
    assert TemplateVersion.objects.get().state == "PUBLISHED"


def test_a_limit_is_never_passed_over(operator, now) -> None:
    load(operator, now, record())
    finding = ImportFinding.objects.get()
    with pytest.raises(LimitNeeded):
        services.dismiss_finding(finding_id=finding.id, note="Đúng rồi", by=operator, now=now)
    finding.refresh_from_db()
    assert finding.state == "OPEN"


def test_assign_findings_gives_open_ones_only(operator, now) -> None:
    load_list(operator, now, row(1, executing=""), row(2, executing=""))
    first, second = ImportFinding.objects.order_by("id")
    services.dismiss_finding(finding_id=first.id, note="Đúng như vậy", by=operator, now=now)
    assert services.assign_findings(finding_ids=[first.id, second.id], owner="Trần Thị Quản") == 1
    found = selectors.list_all_findings(FindingFilter(owner="Trần Thị Quản"))
    assert [one.id for one in found] == [second.id]
    load_list(operator, now, row(1), row(2))
    with pytest.raises(FindingUnknown):
        services.confirm_finding(finding_id=second.id, note="x", by=operator, now=now)


def test_what_the_nation_retired_and_we_publish_is_asked_about(operator, now) -> None:
    services.load_national(by=operator, now=now)
    national = row(1, code="1.001193", name="Thủ tục đăng ký khai sinh")
    load_list(operator, now, national, row(2), accept_all=True)
    load_list(operator, now, row(2))
    assert not ImportFinding.objects.exists()
    run = selectors.list_runs()[0]
    services.accept_changes(run_id=run.id, rule=Rule(kind="RETIRED"), by=operator, now=now)
    finding = ImportFinding.objects.get()
    assert (finding.kind, finding.code, finding.seen) == ("SOURCE_RETIRED", "1.001193", {"number": 1})
    load_list(operator, now, row(2))
    finding.refresh_from_db()
    assert finding.state == "OPEN"
    load_list(operator, now, national, row(2))
    finding.refresh_from_db()
    assert finding.state == "GONE"
    assert selectors.find_newest_published("1.001193") is not None
