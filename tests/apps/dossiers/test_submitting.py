"""Handing in: what is refused, and that a refusal changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from apps.audit.models import Entry
from apps.dossiers import errors, services
from apps.dossiers.enums import Channel, PartyKind, PartyRole
from apps.dossiers.intake import ComponentIn
from apps.dossiers.models import CodeCounter, Dossier, Party
from kernel.errors import Refusals
from kernel.outbox.models import OutboxEvent


def _traces():
    return Dossier.objects.count(), Party.objects.count(), Entry.objects.count(), OutboxEvent.objects.count()


def _refused(intake, actor, now, username="tiepnhan"):
    before = _traces(), list(CodeCounter.objects.values_list("last", flat=True))
    with pytest.raises((Refusals, errors.ProcedureUnknown, errors.DomainError)) as caught:
        services.submit(intake=intake, by=actor(username), now=now)
    assert (_traces(), list(CodeCounter.objects.values_list("last", flat=True))) == before
    refusal = caught.value
    found = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    assert all(str(one) for one in found)
    return {one.code: one.field for one in found}


def _with_submitter(intake, **changed):
    made = intake()
    parties = tuple(
        replace(party, **changed) if party.role == PartyRole.SUBMITTER else party for party in made.parties
    )
    return replace(made, parties=parties)


def test_codes_count_up_by_agency_and_day(make_dossier, now):
    codes = [make_dossier().code for _ in range(3)]
    assert codes == [f"H21.101.01-261123-000{number}" for number in (1, 2, 3)]


def test_names_and_numbers_are_kept_tidy(intake, actor, now):
    dossier = services.submit(
        intake=_with_submitter(
            intake, name="  Nguyễn   Văn Bình ", phone="+84 905 123 456", identity_number="052 090 001 234"
        ),
        by=actor("tiepnhan"),
        now=now,
    )
    party = Party.objects.get(dossier=dossier, role=PartyRole.SUBMITTER)
    assert (party.name, party.phone, party.identity_number) == (
        "Nguyễn Văn Bình",
        "0905123456",
        "052090001234",
    )


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"identity_number": "12345"}, "dossier.identity_number_invalid", "submitter.identity_number"),
        ({"identity_number": ""}, "dossier.identity_number_invalid", "submitter.identity_number"),
        ({"name": "  "}, "dossier.name_missing", "submitter.name"),
        ({"birth_date": date(2030, 1, 1)}, "dossier.date_invalid", "submitter.birth_date"),
        ({"phone": "12"}, "dossier.phone_invalid", "submitter.phone"),
        ({"email": "a@"}, "dossier.email_invalid", "submitter.email"),
        (
            {"kind": PartyKind.BUSINESS, "identity_number": "0100233480"},
            "dossier.tax_code_invalid",
            "submitter.identity_number",
        ),
    ],
)
def test_submit_refuses_a_bad_person(intake, actor, now, changed, code, field):
    assert _refused(_with_submitter(intake, **changed), actor, now) == {code: field}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"procedure_code": "9.999999"}, "dossier.procedure_unknown", "procedure_code"),
        ({"case_code": "1.001193.77"}, "dossier.case_unknown", "case_code"),
        ({"receiving_unit_id": 0}, "dossier.unit_does_not_receive", "receiving_unit"),
        (
            {"components": (ComponentIn(key="to-khai", originals=1),)},
            "dossier.component_missing",
            "components.giay-chung-sinh",
        ),
        ({"copies": 0}, "dossier.quantity_invalid", "copies"),
        ({"foreign_code": "ABC"}, "dossier.code_invalid", "foreign_code"),
    ],
)
def test_submit_refuses_a_bad_intake(intake, actor, now, changed, code, field):
    assert _refused(intake(**changed), actor, now) == {code: field}


def test_submit_refuses_unknown_and_negative_papers(intake, actor, now):
    papers = (
        *intake().components,
        ComponentIn(key="khong-co", originals=1),
        ComponentIn(key="giay-to-cu-tru", originals=-1),
    )
    assert _refused(intake(components=papers), actor, now) == {
        "dossier.component_unknown": "components.khong-co",
        "dossier.quantity_invalid": "components.giay-to-cu-tru",
    }


def test_submit_names_everything_wrong_at_once(intake, actor, now):
    bad = replace(_with_submitter(intake, identity_number="1", phone="1"), components=(), answers={})
    found = _refused(bad, actor, now)
    assert {
        "dossier.identity_number_invalid",
        "dossier.phone_invalid",
        "dossier.component_missing",
        "dossier.form_invalid",
    } <= set(found)


def test_the_words_of_a_bad_answer_do_not_repeat_it(intake, actor, now):
    with pytest.raises(Refusals) as caught:
        services.submit(
            intake=intake(answers={"child_name": 5, "child_sex": "bí mật"}), by=actor("tiepnhan"), now=now
        )
    assert "bí mật" not in str(caught.value)


def test_submit_needs_the_duty_at_that_counter(intake, actor, unit, now):
    assert set(_refused(intake(), actor, now, username="tiepnhan2")) == {"dossier.duty_missing"}
    assert set(_refused(intake(), actor, now, username="lanhdao")) == {"dossier.duty_missing"}


def test_a_foreign_code_is_kept_and_taken_once(intake, actor, now):
    foreign = "G09.20-20260609-0092637"
    dossier = services.submit(intake=intake(foreign_code=foreign), by=actor("tiepnhan"), now=now)
    assert (dossier.code, dossier.code_is_foreign) == (foreign, True)
    assert set(_refused(intake(foreign_code=foreign), actor, now)) == {"dossier.code_taken"}


def test_the_other_party_roles_are_kept_apart(intake, actor, now):
    made = intake()
    representative = replace(made.parties[0], role=PartyRole.REPRESENTATIVE, name="Lê Thị Đại Diện")
    dossier = services.submit(
        intake=replace(made, parties=(*made.parties, representative), channel=Channel.POSTAL),
        by=actor("tiepnhan"),
        now=now,
    )
    assert set(Party.objects.filter(dossier=dossier).values_list("role", flat=True)) == set(PartyRole.values)
