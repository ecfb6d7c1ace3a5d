"""Who does the work: with ground and days, through the timeline of the adoption, for national and local procedures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.selectors import list_entries
from apps.procedures import selectors, services
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.errors import (
    FirstDayInThePast,
    OverrideSlotClosed,
    OverrideUnclear,
    OverrideWithoutGround,
    ProcedureUnknown,
)
from apps.procedures.models import AdoptedVersion
from apps.procedures.overriding import UnitChoice
from apps.procedures.unit_days import assign
from tests.apps.procedures.test_procedures_adopting import CODE, GROUND, TODAY, adopt, new_template
from tests.apps.procedures.test_procedures_local import CODE as LOCAL
from tests.apps.procedures.test_procedures_local import colleague, draft, publish, running

__all__ = ["colleague", "draft", "running"]
LAST = TODAY + timedelta(days=7)


def give(units, by, now, code=CODE, unit="police", **more):
    choice = UnitChoice(UnitRole.SUPPORTING, UnitRule.CHOSEN_UNIT, getattr(units, unit).id)
    return services.set_units(code=code, choices=[choice], **{"ground": GROUND, **more}, by=by, now=now)


def supporting(code, units, *days) -> list[int]:
    found = [selectors.get_version_in_force(code, day) for day in days]
    return [
        selectors.resolve_units(version_id=one.id, receiving_unit=units.desk)["SUPPORTING"] for one in found
    ]


def test_set_units_moves_the_work_and_not_the_law(national, units, controller, now) -> None:
    old = adopt(national, controller, now)
    new = give(units, controller, now)
    assert new.content == old.content
    assert supporting(CODE, units, TODAY) == [units.police.id]
    assert (
        selectors.resolve_units(version_id=new.id, receiving_unit=units.desk)["COMPETENT"] == units.commune.id
    )
    trace = list_entries(subject_type="procedure", subject_id=new.id)[-1]
    assert (trace.action, trace.note, trace.after["from"]) == ("SET_UNITS", GROUND, TODAY.isoformat())


def test_set_units_ends_at_midnight_by_itself(national, units, controller, now) -> None:
    """Seen failing: leave ``to`` out of _override and the police is asked for ever."""
    before = supporting_before(national, units, controller, now)
    give(units, controller, now, last=LAST)
    days = (TODAY, LAST, LAST + timedelta(days=1))
    assert supporting(CODE, units, *days) == [units.police.id, units.police.id, before]


def supporting_before(national, units, controller, now) -> int:
    adopt(national, controller, now)
    return supporting(CODE, units, TODAY)[0]


def test_set_units_for_a_while_gives_back_what_was_given_before(national, units, controller, now) -> None:
    adopt(national, controller, now)
    give(units, controller, now, unit="department", ground="QĐ 1")
    give(units, controller, now, first=TODAY + timedelta(days=2), last=LAST, ground="QĐ 2")
    days = [TODAY + timedelta(days=number) for number in (0, 1, 2, 7, 8)]
    department, police = units.department.id, units.police.id
    assert supporting(CODE, units, *days) == [department, department, police, police, department]
    history = selectors.list_history(CODE)[0].overrides
    assert [one["ground"] for one in history] == ["QĐ 1", "QĐ 1", "QĐ 2"]


def test_set_units_leaves_a_newer_version_that_is_to_begin(
    national, units, operator, controller, now
) -> None:
    adopt(national, controller, now)
    newer = services.adopt(
        template_version_id=new_template(operator, now, days=30), overrides=[], by=controller, now=now
    )
    give(units, controller, now)
    assert selectors.get_version_in_force(CODE, TODAY + timedelta(days=30)).id == newer.id


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"ground": " "}, OverrideWithoutGround),
        ({"last": TODAY - timedelta(days=1)}, OverrideUnclear),
        ({"first": TODAY - timedelta(days=1), "last": TODAY}, FirstDayInThePast),
        ({"code": "9.999999"}, ProcedureUnknown),
    ],
)
def test_set_units_refuses_and_changes_nothing(national, units, controller, now, changed, refusal) -> None:
    adopt(national, controller, now)
    before = supporting(CODE, units, TODAY)
    with pytest.raises(refusal):
        give(units, controller, now, **changed)
    assert (AdoptedVersion.objects.count(), supporting(CODE, units, TODAY)) == (1, before)


def test_set_units_refuses_what_the_nation_has_not_left_open(
    national, units, operator, controller, now
) -> None:
    closed = new_template(operator, now, slots=["fee"])
    services.adopt(template_version_id=closed, overrides=[], by=controller, now=now)
    with pytest.raises(OverrideSlotClosed):
        give(units, controller, now)
    assert AdoptedVersion.objects.count() == 1
    assert not selectors.can_give_units(selectors.get_version_in_force(CODE, TODAY))


def test_a_local_procedure_has_its_units_given_for_a_while(draft, units, controller, colleague, now) -> None:
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    first = publish(draft, colleague, now)
    before = supporting(LOCAL, units, TODAY)[0]
    given = give(units, controller, now, code=LOCAL, last=LAST)
    assert (given.origin, given.content) == ("LOCAL", first.content)
    days = (TODAY, LAST, LAST + timedelta(days=1))
    assert supporting(LOCAL, units, *days) == [units.police.id, units.police.id, before]


def test_the_next_edition_of_a_local_procedure_keeps_its_units(
    draft, units, controller, colleague, now
) -> None:
    """Seen failing: publish with overrides=[] and the second edition asks the receiving unit again."""
    services.submit_local(draft_id=draft.public_id, by=controller, now=now)
    publish(draft, colleague, now)
    give(units, controller, now, code=LOCAL)
    again = services.start_local(code=LOCAL, name="", copy_of=LOCAL, by=controller, now=now)
    services.submit_local(draft_id=again.public_id, by=controller, now=now)
    publish(again, colleague, now, day=LAST)
    assert supporting(LOCAL, units, TODAY, LAST) == [units.police.id] * 2


def test_assign_says_nothing_twice_on_one_day() -> None:
    """Whatever was said before, on no day two overrides of one role hold."""
    facts = {"slot": "units", "role": "COMPETENT", "rule": "RECEIVING_UNIT", "unit_id": None, "ground": "A"}
    day = timezone.localdate()
    choice = [UnitChoice("COMPETENT", "SAME_COMMUNE")]
    for begins in (None, day - timedelta(9), day + timedelta(1), day + timedelta(9)):
        for length in (None, 0, 3, 20):
            start = begins or day - timedelta(99)
            days = {"from": begins.isoformat()} if begins else {}
            days |= {} if length is None else {"to": (start + timedelta(length)).isoformat()}
            for last in (None, day + timedelta(5)):
                found = assign([{**facts, **days}], choice, ground="B", first=day, last=last)
                for offset in range(-12, 40):
                    on = (day + timedelta(offset)).isoformat()
                    held = [one["ground"] for one in found if one.get("from", "") <= on <= one.get("to", "9")]
                    old = days.get("from", "") <= on <= days.get("to", "9")
                    new = offset >= 0 and (last is None or offset <= 5)
                    assert held == (["B"] if new else ["A"] if old else [])
