"""Procedures of a province's own: written, looked at by a second person, beside the national ones."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from apps.audit.selectors import list_entries
from apps.catalogue import selectors as catalogue
from apps.procedures import selectors, services
from apps.procedures.enums import LocalState
from apps.procedures.errors import (
    AdoptedContentUnsound,
    ControllerDutyMissing,
    FirstDayInThePast,
    LegalBasisNeeded,
    LocalChangedMeanwhile,
    LocalCodeTaken,
    LocalCodeUnfit,
    LocalNotOpen,
    LocalUnknown,
    NothingToCompare,
    ProcedureUnknown,
    SecondPersonNeeded,
)
from apps.procedures.models import AdoptedVersion, LocalDraft
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError, Refusals
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import get_tenant

BASE = "1.013225"
CODE = "2.002999.H21"
TODAY = date(2026, 11, 23)


@pytest.fixture
def colleague(controller) -> Actor:
    return replace(controller, id=8, name="Lê Văn Duyệt")


@pytest.fixture
def running(national, controller, now):
    return services.adopt(template_version_id=national[BASE], overrides=[], by=controller, now=now)


@pytest.fixture
def draft(running, controller, now) -> LocalDraft:
    return services.start_local(code=CODE, name="Cấp phép xây dựng tạm", copy_of=BASE, by=controller, now=now)


def publish(draft, by, now, *, day=TODAY, basis="QĐ 5/2026/QĐ-UBND") -> AdoptedVersion:
    return services.publish_local(
        draft_id=draft.public_id, in_force_from=day, legal_basis=basis, by=by, now=now
    )


def test_start_local_begins_as_a_copy_with_codes_of_its_own(draft) -> None:
    content = draft.content
    assert (content["code"], content["name"]) == (CODE, "Cấp phép xây dựng tạm")
    assert [case["code"] for case in content["cases"]] == [f"{CODE}.01", f"{CODE}.02"]
    assert content["promulgator"]["code"] == "H21"
    assert content["slots"] == []
    assert selectors.get_local(draft.public_id).problems() == []


@pytest.mark.parametrize("code", ["2.002999", "2.002999.H26", "2.2999.H21", "x.H21", "2.002999.H21.01"])
def test_start_local_refuses_a_code_that_is_not_the_tenants(running, controller, now, code) -> None:
    with pytest.raises(LocalCodeUnfit):
        services.start_local(code=code, name="x", copy_of=BASE, by=controller, now=now)
    assert not LocalDraft.objects.exists()


def test_start_local_refuses_a_second_draft_an_unknown_base_and_others(draft, controller, now) -> None:
    for error, changed in (
        (LocalCodeTaken, {}),
        (ProcedureUnknown, {"copy_of": "9.999999"}),
        (ControllerDutyMissing, {"by": Actor(kind=ActorKind.STAFF, id=9, name="Khác")}),
    ):
        asked = {"code": CODE, "name": "x", "copy_of": BASE, "by": controller, **changed}
        with pytest.raises(error):
            services.start_local(now=now, **asked)
    assert LocalDraft.objects.count() == 1


def test_save_local_does_not_write_over_what_another_one_changed(draft, controller, colleague, now) -> None:
    """Take the revision check out of save_local and the first one's words are lost."""
    first = services.save_local(
        draft_id=draft.public_id, content={**draft.content, "name": "Tên một"}, seen=1, by=controller, now=now
    )
    with pytest.raises(LocalChangedMeanwhile, match=controller.name):
        services.save_local(
            draft_id=draft.public_id,
            content={**draft.content, "name": "Tên hai"},
            seen=1,
            by=colleague,
            now=now,
        )
    assert (first.revision, LocalDraft.objects.get().name) == (2, "Tên một")


def test_save_local_keeps_code_and_promulgator(draft, controller, now) -> None:
    wish = {
        **draft.content,
        "code": "1.001193",
        "promulgator": {"code": "G15", "name": "Bộ"},
        "slots": ["fee"],
    }
    saved = services.save_local(draft_id=draft.public_id, content=wish, seen=1, by=controller, now=now)
    assert (saved.content["code"], saved.content["promulgator"]["code"], saved.content["slots"]) == (
        CODE,
        "H21",
        [],
    )


def test_publish_local_puts_it_beside_the_national_ones(draft, controller, colleague, now) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    version = publish(draft, colleague, now)
    view = selectors.get_version_in_force(CODE, TODAY)
    assert (view.id, view.number, view.template_number) == (version.id, 1, 0)
    assert CODE in {row.code for row in selectors.list_procedures(on=TODAY).rows}
    assert [row.code for row in selectors.list_local(on=TODAY)] == [CODE]
    assert selectors.list_local_drafts() == []
    assert list_entries(subject_type="local_procedure", subject_id=draft.id)[-1].note == "QĐ 5/2026/QĐ-UBND"
    with central_context():
        assert CODE not in {row.code for row in catalogue.list_adoptions()}
    with pytest.raises(NothingToCompare):
        selectors.get_comparison(CODE, on=TODAY)
    assert selectors.find_offer(CODE, on=TODAY) is None


def test_publish_local_needs_a_second_person_a_ground_and_a_day_to_come(
    draft, controller, colleague, now
) -> None:
    """Take ``has_edited`` out of publish_local and who wrote it puts it in force."""
    with pytest.raises(LocalNotOpen):
        publish(draft, colleague, now)
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    with pytest.raises(SecondPersonNeeded):
        publish(draft, controller, now)
    with pytest.raises(Refusals) as refusal:
        publish(draft, controller, now, day=TODAY - timedelta(days=1), basis=" ")
    assert [type(one) for one in refusal.value.refusals] == [
        SecondPersonNeeded,
        LegalBasisNeeded,
        FirstDayInThePast,
    ]
    with pytest.raises(ControllerDutyMissing):
        publish(draft, Actor(kind=ActorKind.STAFF, id=9, name="Khác"), now)
    assert not AdoptedVersion.objects.filter(procedure_code=CODE).exists()


def test_submit_local_refuses_what_is_not_sound(draft, controller, now) -> None:
    broken = {**draft.content, "components": []}
    services.save_local(draft_id=draft.public_id, content=broken, seen=1, by=controller, now=now)
    with pytest.raises(AdoptedContentUnsound, match="thành phần hồ sơ"):
        services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    assert LocalDraft.objects.get().state == LocalState.DRAFT


def test_return_local_goes_back_with_remarks_and_who_returns_may_still_publish(
    draft, controller, colleague, now
) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    services.return_local(draft_id=draft.public_id, remarks="Thiếu căn cứ", by=colleague, now=now)
    found = selectors.get_local(draft.public_id)
    assert (found.state, found.remarks) == ("DRAFT", "Thiếu căn cứ")
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    assert publish(draft, colleague, now).number == 1


def test_the_next_version_ends_the_one_before(draft, controller, colleague, now) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    first = publish(draft, colleague, now)
    again = services.start_local(code=CODE, name="", copy_of=CODE, by=colleague, now=now)
    assert again.content == first.content
    services.submit_local(draft_id=again.public_id, by=colleague, now=now)
    later = TODAY + timedelta(days=10)
    second = publish(again, controller, now, day=later)
    assert [selectors.get_version_in_force(CODE, day).id for day in (TODAY, later)] == [first.id, second.id]


def test_local_procedures_stay_in_their_own_house(draft, controller, colleague, now) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    publish(draft, colleague, now)
    with tenant_context(get_tenant("H26")):
        assert selectors.list_local(on=TODAY) == []
        assert selectors.get_version_in_force(CODE, TODAY) is None
        with pytest.raises(LocalUnknown):
            selectors.get_local(draft.public_id)
    with pytest.raises(LocalUnknown):
        selectors.get_local(uuid4())


def test_the_database_keeps_one_open_draft_a_procedure(draft, now) -> None:
    row = LocalDraft.objects.get()
    row.id, row.public_id = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("pattern", "fitting", "unfit"),
    [
        ("3.xxxxxx.{tenant}", "3.002999.H21", "2.002999.H21"),
        ("2.21xxxx.{tenant}.ND", "2.210001.H21.ND", "2.310001.H21.ND"),
    ],
)
def test_the_pattern_of_codes_is_data_with_a_ground(
    running, controller, now, pattern, fitting, unfit
) -> None:
    services.set_local_pattern(pattern=pattern, ground="TT 9/2027/TT-VPCP", by=controller, now=now)
    assert selectors.get_local_rules().ground == "TT 9/2027/TT-VPCP"
    with pytest.raises(LocalCodeUnfit) as refusal:
        services.start_local(code=unfit, name="x", copy_of=BASE, by=controller, now=now)
    assert pattern.replace("{tenant}", "H21") in str(refusal.value)
    started = services.start_local(code=fitting, name="x", copy_of=BASE, by=controller, now=now)
    assert started.content["code"] == fitting
    assert selectors.get_local(started.public_id).problems() == []


def test_a_published_procedure_keeps_its_code_under_another_pattern(
    draft, controller, colleague, now
) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    publish(draft, colleague, now)
    services.set_local_pattern(pattern="3.xxxxxx.{tenant}", ground="TT 9", by=controller, now=now)
    again = services.start_local(code=CODE, name="", copy_of=CODE, by=controller, now=now)
    assert again.procedure_code == CODE


@pytest.mark.parametrize(
    ("pattern", "ground"),
    [
        ("2.xxxxxx", "TT 9"),  # would be a code of the nation
        ("2.000001.{tenant}", "TT 9"),  # leaves nothing to number
        ("2.xxxxx.{tenant}", "TT 9"),
        ("(a+)+.xxxxxx.{tenant}", "TT 9"),
        ("2.xxxxxx." + "A" * 80, "TT 9"),
        ("2.xxxxxx.{tenant.code}", "TT 9"),
        ("", "TT 9"),
        ("3.xxxxxx.{tenant}", " "),
    ],
)
def test_set_local_pattern_refuses_and_changes_nothing(in_gia_lai, controller, now, pattern, ground) -> None:
    with pytest.raises(DomainError):
        services.set_local_pattern(pattern=pattern, ground=ground, by=controller, now=now)
    assert selectors.get_local_rules().said == "2.xxxxxx.H21"
    assert not list_entries(subject_type="local_rules", subject_id=1)


def test_set_local_pattern_is_for_controllers(in_gia_lai, controller, now) -> None:
    clerk = replace(controller, grants=())
    with pytest.raises(ControllerDutyMissing):
        services.set_local_pattern(pattern="3.xxxxxx.{tenant}", ground="TT 9", by=clerk, now=now)
    assert selectors.get_local_rules().ground == ""
