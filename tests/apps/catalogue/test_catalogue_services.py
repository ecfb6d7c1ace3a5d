"""The ledger: drafts may change, what is published never does, and everything is logged."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.catalogue import selectors, services
from apps.catalogue.enums import VersionState
from apps.catalogue.errors import (
    CodeDiffers,
    ContentRefused,
    DayUnclear,
    DraftIsOpen,
    RingUnclear,
    VersionNotDraft,
    VersionNotPublished,
    VersionUnknown,
)
from apps.catalogue.models import (
    AdoptionReport,
    NationalDay,
    ProcedureTemplate,
    PublishLog,
    TemplateVersion,
    VersionOffer,
)
from apps.catalogue.national_files import read_national
from apps.catalogue.services import NewDay
from kernel.errors import Refusals
from kernel.ids import uuid7
from tenants.registry.acts import list_acts
from tests.publishing import BASIS, REVIEWER, publish_by_two

CONTENT = {file.code: file.content for file in read_national()}
CODE = "1.001193"
DAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("central")


def draft(operator, now, **changes) -> TemplateVersion:
    content = {**deepcopy(CONTENT[CODE]), **changes}
    return services.create_draft(code=CODE, content=content, by=operator, now=now)


def published(operator, now) -> TemplateVersion:
    return publish_by_two(version_id=draft(operator, now).id, effective_from=DAY, by=operator, now=now)


def test_create_draft_makes_the_template_and_its_first_version(operator, now) -> None:
    version = draft(operator, now)
    assert (version.number, version.state, version.created_by) == (1, VersionState.DRAFT, "Nguyễn Văn Điều")
    assert version.template.name == "Thủ tục đăng ký khai sinh"
    assert "dang ky khai sinh" in version.template.name_search


def test_create_draft_refuses_a_second_draft_and_changes_nothing(operator, now) -> None:
    draft(operator, now)
    with pytest.raises(DraftIsOpen):
        draft(operator, now)
    assert TemplateVersion.objects.count() == 1


def test_create_draft_refuses_a_content_of_another_procedure(operator, now) -> None:
    with pytest.raises(CodeDiffers):
        services.create_draft(code="9.999999", content=CONTENT[CODE], by=operator, now=now)
    assert not ProcedureTemplate.objects.exists()


def test_publish_makes_it_adoptable_and_logs_it(operator, now) -> None:
    version = published(operator, now)
    assert (version.state, version.published_by, version.effective_from) == ("PUBLISHED", REVIEWER.name, DAY)
    assert [(row.action, row.content_sha256) for row in PublishLog.objects.all()] == [
        ("SUBMIT", version.content_sha256),
        ("PUBLISH", version.content_sha256),
        ("OFFER", version.content_sha256),
    ]
    found = selectors.find_newest_published(CODE)
    assert found is not None
    assert found.content == CONTENT[CODE]


def test_submit_refuses_unsound_content_with_every_problem_and_logs_nothing(operator, now) -> None:
    version = draft(operator, now, name="", level="X")
    with pytest.raises(ContentRefused) as refusal:
        services.submit_version(version_id=version.id, changes="Đổi tên", by=operator, now=now)
    assert {problem.place for problem in refusal.value.problems} == {"name", "level"}
    assert "còn 2 lỗi" in str(refusal.value)
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT
    assert not PublishLog.objects.exists()


def test_submit_refuses_a_process_that_cannot_run(operator, now) -> None:
    process = deepcopy(CONTENT[CODE]["process"])
    process["bpmn"] = process["bpmn"].replace('mc:duty="SIGNATORY"', "")
    with pytest.raises(ContentRefused) as refusal:
        services.submit_version(
            version_id=draft(operator, now, process=process).id, changes="Bỏ chức trách", by=operator, now=now
        )
    assert [problem.place for problem in refusal.value.problems] == ["process.ky"]


def test_update_draft_refuses_what_is_published(operator, now) -> None:
    version = published(operator, now)
    with pytest.raises(VersionNotDraft):
        services.update_draft(version_id=version.id, content=CONTENT[CODE], by=operator, now=now)


def test_update_draft_changes_wording_and_hash(operator, now) -> None:
    before = draft(operator, now)
    after = services.update_draft(
        version_id=before.id, content={**CONTENT[CODE], "name": "Tên khác"}, by=operator, now=now
    )
    assert after.content_sha256 != before.content_sha256
    assert ProcedureTemplate.objects.get(code=CODE).name == "Tên khác"


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"number": 7},
        {"effective_from": date(2020, 1, 1)},
        {"state": "DRAFT"},
        {"legal_basis": "x"},
    ],
)
def test_a_published_version_is_kept_by_the_database(operator, now, change) -> None:
    version = published(operator, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=version.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=version.id)._raw_delete("default")


def test_the_publish_log_is_only_added_to(operator, now) -> None:
    published(operator, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishLog.objects.update(note="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishLog.objects.all().delete()


def test_retire_ends_a_version_once(operator, now) -> None:
    version = published(operator, now)
    services.retire(version_id=version.id, ground="Quyết định bãi bỏ", by=operator, now=now)
    assert selectors.find_newest_published(CODE) is None
    with pytest.raises(VersionNotPublished):
        services.retire(version_id=version.id, ground="x", by=operator, now=now)
    assert [row.action for row in selectors.list_publish_log()] == ["RETIRE", "OFFER", "PUBLISH", "SUBMIT"]


def test_going_back_is_a_new_publish(operator, now) -> None:
    first = published(operator, now)
    second = services.create_draft(code=CODE, content={**CONTENT[CODE], "name": "Mới"}, by=operator, now=now)
    publish_by_two(version_id=second.id, effective_from=DAY, by=operator, now=now)
    third = services.create_draft(code=CODE, content=first.content, by=operator, now=now)
    publish_by_two(version_id=third.id, effective_from=DAY, by=operator, now=now)
    found = selectors.find_newest_published(CODE)
    assert found is not None
    assert (found.number, found.content_sha256) == (3, first.content_sha256)


def test_publish_of_an_unknown_version_is_refused(operator, now) -> None:
    with pytest.raises(VersionUnknown):
        services.publish(version_id=0, effective_from=DAY, legal_basis=BASIS, by=operator, now=now)


def test_load_national_publishes_all_once(operator, now) -> None:
    first = services.load_national(by=operator, now=now)
    assert len(first) == 12
    assert {outcome for _, outcome in first} == {"PUBLISHED"}
    assert {outcome for _, outcome in services.load_national(by=operator, now=now)} == {"UNCHANGED"}
    assert TemplateVersion.objects.count() == 12
    assert [row.code for row in selectors.list_published()] == sorted(CONTENT)


def test_list_templates_pages_by_code_and_finds_without_marks(
    operator, now, django_assert_num_queries
) -> None:
    services.load_national(by=operator, now=now)
    with django_assert_num_queries(2):
        page = selectors.list_templates(limit=5)
    assert [row.code for row in page] == sorted(CONTENT)[:5]
    with django_assert_num_queries(2):
        rest = selectors.list_templates(after_code=page[-1].code)
    assert [row.code for row in rest] == sorted(CONTENT)[5:]
    assert [row.code for row in selectors.list_templates(q="khai tu dang")] == [
        "1.000656",
        "1.001193",
        "2.000986",
    ]
    assert [row.code for row in selectors.list_templates(q="1.000656")] == ["1.000656"]
    assert [row.code for row in selectors.list_templates(q="KẾT hôn đăng")] == ["1.000894"]
    assert selectors.list_templates(q="%") == []
    assert {row.code for row in selectors.list_templates(field="G01-CA05")} == {"1.004194", "1.004222"}
    assert selectors.list_templates(state="DRAFT") == []


def test_report_adoption_is_seen_by_the_centre(operator, now) -> None:
    version = published(operator, now)
    for tenant in ("H21", "H26", "H21"):
        services.report_adoption(
            tenant_code=tenant,
            version=version.public_id,
            overridden=False,
            in_force_from=DAY,
            by=operator,
            now=now,
        )
    assert AdoptionReport.objects.count() == 3
    found = [(row.tenant_code, row.code, row.number) for row in selectors.list_adoptions()]
    assert found == [("H21", CODE, 1), ("H26", CODE, 1)]
    assert [row.tenant_code for row in selectors.list_adoptions(tenant_code="H26")] == ["H26"]


def test_report_adoption_refuses_a_draft(operator, now) -> None:
    with pytest.raises(VersionNotPublished):
        services.report_adoption(
            tenant_code="H21",
            version=draft(operator, now).public_id,
            overridden=False,
            in_force_from=DAY,
            by=operator,
            now=now,
        )
    assert not AdoptionReport.objects.exists()


def test_set_national_days_never_lets_a_seed_overwrite_a_decree(operator, now) -> None:
    day = date(2026, 1, 2)
    decreed = NewDay(day, "OFF", "Nghỉ bù Tết Dương lịch", "Thông báo của Bộ Nội vụ")
    assert services.set_national_days(days=[decreed], by=operator, now=now) == 1
    seeded = NewDay(day, "WORK", "x", source="SEED")
    assert services.set_national_days(days=[seeded, decreed], by=operator, now=now) == 0
    assert [(row.date, row.kind) for row in selectors.list_national_days(2026)] == [(day, "OFF")]
    assert selectors.list_national_days(2027) == []
    assert services.remove_national_day(on=day)
    assert not services.remove_national_day(on=day)


def test_set_national_days_refuses_all_when_one_is_unclear(operator, now) -> None:
    days = [
        NewDay(date(2026, 1, 1), "OFF", "Tết Dương lịch", source="SEED"),
        NewDay(date(2026, 1, 2), "OFF", "Nghỉ bù"),
        NewDay(date(2026, 1, 3), "HALF", "x", "y"),
    ]
    with pytest.raises(Refusals) as refusal:
        services.set_national_days(days=days, by=operator, now=now)
    assert [type(each) for each in refusal.value.refusals] == [DayUnclear, DayUnclear]
    assert not NationalDay.objects.exists()


def rings_of(version) -> list[str]:
    template = selectors.get_template(version.template.code)
    return list(next(one.rings for one in template.versions if one.id == version.id))


def test_publish_offers_it_to_the_pilots_first(operator, now) -> None:
    version = published(operator, now)
    assert rings_of(version) == ["PILOT"]
    assert selectors.find_newest_published(CODE, ring="GENERAL") is None
    assert [row.code for row in selectors.list_published(ring="PILOT")] == [CODE]
    assert selectors.list_published(ring="EARLY") == []
    assert selectors.list_newest_offered() == {"PILOT": {CODE: 1}, "EARLY": {}, "GENERAL": {}}


def test_offer_version_opens_a_ring_once_and_logs_it(operator, now) -> None:
    version = published(operator, now)
    asked = {"version": version.public_id, "by": operator, "now": now}
    assert services.offer_version(rings=["EARLY", "PILOT"], **asked) == ["EARLY"]
    assert services.offer_version(rings=["EARLY"], **asked) == []
    assert selectors.is_offered(version.public_id, ring="EARLY")
    assert not selectors.is_offered(version.public_id, ring="GENERAL")
    log = [(row.action, row.note) for row in selectors.list_publish_log()]
    assert log == [
        ("OFFER", "EARLY"),
        ("OFFER", "PILOT"),
        ("PUBLISH", BASIS),
        ("SUBMIT", "Sửa theo văn bản mới"),
    ]
    assert [(act.action, act.facts["rings"]) for act in list_acts()] == [("template.offered", ["EARLY"])]


def test_offer_version_refuses_and_changes_nothing(operator, now) -> None:
    version, sketch = published(operator, now), _sketch(operator, now)
    asked = {"by": operator, "now": now}
    for rings in ([], ["SOON"]):
        with pytest.raises(RingUnclear):
            services.offer_version(version=version.public_id, rings=rings, **asked)
    with pytest.raises(VersionNotPublished):
        services.offer_version(version=sketch.public_id, rings=["EARLY"], **asked)
    with pytest.raises(VersionUnknown):
        services.offer_version(version=uuid7(), rings=["EARLY"], **asked)
    assert VersionOffer.objects.count() == 1
    assert list_acts() == []


def _sketch(operator, now) -> TemplateVersion:
    return services.create_draft(code="1.000894", content=CONTENT["1.000894"], by=operator, now=now)


def test_offers_are_only_added_to(operator, now) -> None:
    """Drop the trigger catalogue_keep_offers and both go through."""
    published(operator, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionOffer.objects.update(ring="GENERAL")
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionOffer.objects.all().delete()
