"""Programs that hand in what a new wording would no longer take: found by what they did, told as numbers."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.catalogue.effect_figures import check_figures, sum_up
from apps.dossiers import services
from apps.dossiers.enums import Channel
from apps.dossiers.intake import ComponentIn
from apps.dossiers.selectors import figures_of, measure_effect, programs
from apps.procedures import selectors as procedures
from kernel.actors import ActorKind
from tenants.registry.context import tenant_context
from tests.apps.dossiers.conftest import BIRTH
from tests.statements import statements_of

CODE = "1.001193"  # birth: its form has choices, dates and texts
ONE, TWO = 4242, 4343


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def content(house, today):
    return deepcopy(procedures.get_version_in_force(CODE, today).content)


@pytest.fixture
def by_program(intake, actor, now):
    def hand_in(program=ONE, at=now, **changed):
        by = replace(actor("tiepnhan"), kind=ActorKind.CLIENT, id=program)
        return services.submit(intake=intake(**changed), by=by, now=at)

    return hand_in


def without(content, *names):
    form = content["form"]
    for name in names:
        del form["properties"][name]
        form["required"] = [one for one in form["required"] if one != name]
        form["x-order"] = [one for one in form.get("x-order", ()) if one != name]
        if not form["x-order"]:
            del form["x-order"]
    return content


def uses(content, today):
    found = measure_effect(code=CODE, content=content, on=today).programs
    return [
        (
            use.program,
            use.dossiers,
            [(one.field, count) for one, count in use.breaks],
        )
        for use in found.uses
    ]


def test_a_removed_field_names_its_programs(by_program, make_dossier, content, today):
    with_father = {**BIRTH, "father": {"name": "Nguyễn Văn Bình"}}
    by_program(answers=with_father)
    by_program(answers=with_father)
    by_program(TWO)
    make_dossier(answers=with_father)  # by a person, who will see the new page
    assert uses(content, today) == []
    assert uses(without(content, "father"), today) == [(ONE, 2, [("father", 2)])]


def test_a_newly_required_field_names_who_lacks_it(by_program, content, today):
    by_program()
    by_program(TWO, answers={**BIRTH, "father": {"name": "Nguyễn Văn Bình"}})
    content["form"]["required"].append("father")
    assert uses(content, today) == [(ONE, 1, [("father", 1)])]


def test_a_narrower_choice_names_who_chose_what_went(by_program, content, today):
    by_program()
    by_program(TWO, answers={**BIRTH, "child_sex": "Nam"})
    content["form"]["properties"]["child_sex"]["enum"] = ["Nam"]
    assert uses(content, today) == [(ONE, 1, [("child_sex", 1)])]


def test_cases_and_papers_that_go_are_told_beside_fields(by_program, content, today):
    by_program()
    code = content["cases"][0]["code"]
    content["components"] = [one for one in content["components"] if one["key"] != "to-khai"]
    for case in content["cases"]:
        case["components"] = [key for key in case["components"] if key != "to-khai"]
        if case["code"] == code:
            case["code"] = f"{code}x"
    ((program, dossiers, parts),) = uses(without(content, "child_hometown"), today)
    assert (program, dossiers) == (ONE, 1)
    assert dict(parts) == {code: 1, "to-khai": 1, "child_hometown": 1}


def test_a_paper_that_is_newly_required_names_who_has_not_handed_it_in(by_program, content, today):
    """Only in the case where it is new: what was required there before is no news."""
    spare = next(one for one in content["components"] if not one["required"])
    case = content["cases"][0]
    assert spare["key"] in case["components"]
    by_program(case_code=case["code"])
    papers = tuple(ComponentIn(key=key, originals=1) for key in ("to-khai", "giay-chung-sinh", spare["key"]))
    by_program(TWO, case_code=case["code"], components=papers)
    spare["required"] = True
    assert uses(content, today) == [(ONE, 1, [(spare["key"], 1)])]
    clients = figures_of(measure_effect(code=CODE, content=content, on=today))["clients"]
    assert (clients["programs"], clients["required"]) == (1, 1)


def test_a_way_of_handing_in_that_closes_names_who_uses_it(by_program, content, today):
    by_program()
    by_program(TWO, channel=Channel.ONLINE)
    content["channels"] = ["DIRECT"]
    assert uses(content, today) == [(TWO, 1, [("ONLINE", 1)])]


def test_what_was_long_ago_is_forgotten(by_program, content, today, now):
    by_program(at=now - programs.REMEMBERED - timedelta(days=1))
    new = without(content, "child_hometown")
    assert uses(new, today) == []
    by_program(at=now - programs.REMEMBERED)
    assert uses(new, today) == [(ONE, 1, [("child_hometown", 1)])]


def test_each_tenant_sees_its_own_programs_and_tells_numbers(by_program, content, today, ha_noi):
    by_program()
    new = without(content, "child_hometown")
    here = figures_of(measure_effect(code=CODE, content=new, on=today))
    with tenant_context(ha_noi):
        there = figures_of(measure_effect(code=CODE, content=new, on=today))
    check_figures(here)
    none = {"cases": 0, "channels": 0, "papers": 0, "removed": 0, "required": 0, "narrower": 0, "unjudged": 0}
    assert here["clients"] == {**none, "programs": 1, "dossiers": 1, "removed": 1}
    assert there["clients"] == {**none, "programs": 0, "dossiers": 0}
    for told in (str(ONE), "child_hometown", BIRTH["child_hometown"], BIRTH["child_name"]):
        assert told not in str(here)
    of_before = {**there, "clients": {"programs": 2, "dossiers": 5}}  # told by a release that knew no more
    total = sum_up([here, there, of_before])["clients"]
    assert (total["programs"], total["dossiers"], total["removed"]) == (3, 6, 1)
    for more in ({"names": ["Cổng"]}, {"programs": "Cổng"}):
        with pytest.raises(ValueError, match="clients"):
            check_figures({**here, "clients": {**here["clients"], **more}})


def test_what_is_too_much_to_judge_is_told(by_program, content, today, monkeypatch):
    monkeypatch.setattr(programs, "MOST_KINDS", 1)
    by_program()
    by_program()
    by_program(answers={**BIRTH, "child_sex": "Nam"})
    content["form"]["properties"]["child_sex"]["enum"] = ["Khác"]
    found = measure_effect(code=CODE, content=content, on=today).programs
    assert [(use.program, use.dossiers) for use in found.uses] == [(ONE, 2)]
    assert found.unjudged == 1


def test_list_program_uses_is_one_statement_or_none(by_program, content, today):
    new = without(deepcopy(content), "child_hometown")

    def ask(coming):
        return lambda: programs.list_program_uses(code=CODE, running=content, coming=coming, on=today)

    by_program()
    assert len(statements_of(ask(new))) == 1
    by_program(TWO)
    by_program(answers={**BIRTH, "child_sex": "Nam"})
    assert len(statements_of(ask(new))) == 1
    assert statements_of(ask(content)) == []


def test_no_answer_is_read_where_it_is_enough_that_it_is_there(by_program, content, today):
    by_program()
    new = without(deepcopy(content), "child_hometown")
    (sql,) = statements_of(
        lambda: programs.list_program_uses(code=CODE, running=content, coming=new, on=today)
    )
    assert "->" not in sql  # picks no value out of the answers
