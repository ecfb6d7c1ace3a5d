"""What a new wording would do to open dossiers: counted and named, and nothing moves by looking."""

from copy import deepcopy

import pytest
from django.utils import timezone

from apps.catalogue.effect_figures import check_figures
from apps.deadlines.arithmetic import reckon
from apps.deadlines.rules import read_rule
from apps.deadlines.selectors import get_calendar, get_due
from apps.dossiers.models import Dossier
from apps.dossiers.selectors import figures_of, measure_effect
from apps.procedures import selectors as procedures
from apps.procedures import services as procedures_services
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tests.statements import statements_of

CODE = "1.013225"
GROUND = "Nghị quyết 12/2026/NQ-HĐND"


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def content(house, today):
    return deepcopy(procedures.get_version_in_force(CODE, today).content)


@pytest.fixture
def under_way(accepted, filled):
    return lambda: accepted(**filled(CODE))


def shortened(content, by_days=5):
    new = deepcopy(content)
    new["cases"][0]["limit"]["amount"] -= by_days
    return new


def test_measure_effect_says_what_the_due_date_would_be_and_moves_nothing(under_way, content, today, actor):
    first, second = under_way(), under_way()
    new = shortened(content)
    effect = measure_effect(code=CODE, content=new, on=today, by=actor("kiemsoat"), named=1)
    clock = get_due(first.id)
    would = reckon(
        read_rule(new["cases"][0]["limit"]), get_calendar(unit_id=first.competent_unit_id), clock.started_at
    ).due_at
    assert (effect.open, effect.running, len(effect.moves), effect.earlier) == (2, 2, 2, 2)
    (named,) = effect.named
    assert (named.code, named.due_at, named.new_due_at) == (first.code, clock.due_at, would)
    assert effect.rest == 1
    assert sum(effect.histogram.values()) == 2
    assert all(days < 0 for days in effect.histogram)
    assert [get_due(one.id).due_at for one in (first, second)] == [clock.due_at, clock.due_at]
    assert Dossier.objects.get(id=first.id).procedure_id == first.procedure_id


def test_measure_effect_names_nothing_to_who_may_not_see_it(under_way, content, today, actor):
    """Take visible(by) out of _name and the clerk of the other ward reads the code."""
    under_way()
    effect = measure_effect(code=CODE, content=shortened(content), on=today, by=actor("tiepnhan2"), named=9)
    assert (effect.named, effect.rest) == ([], 1)


def test_measure_effect_counts_in_one_tenant_only(under_way, content, today, ha_noi):
    under_way()
    with tenant_context(ha_noi):
        effect = measure_effect(code=CODE, content=shortened(content), on=today)
    assert (effect.open, effect.moves) == (0, [])
    assert effect.adoption is not None


def test_measure_effect_keeps_what_the_tenant_has_of_its_own(under_way, content, today, now):
    case = content["cases"][0]["code"]
    own = [{"slot": "limit", "case": case, "amount": 5, "ground": GROUND}]
    offer = procedures.find_offer(CODE, on=today)
    procedures_services.adopt(template_version_id=offer.public_id, overrides=own, by=SYSTEM, now=now)
    under_way()
    new = deepcopy(content)
    new["components"][0]["name"] = "Đơn đề nghị (mẫu mới)"
    effect = measure_effect(code=CODE, content=new, on=today)
    assert (effect.adoption.conflicts, effect.moves) == (0, [])
    effect = measure_effect(code=CODE, content=shortened(new, by_days=1), on=today)
    assert effect.adoption.conflicts == 1
    assert len(effect.moves) - effect.earlier == 1  # decided for the nation it would be later than one's own


def test_measure_effect_counts_who_gets_corrected_words(under_way, content, today):
    under_way()
    new = deepcopy(content)
    here, elsewhere = new["cases"][0], new["cases"][1]
    key = here["components"][0]
    new["name"] += " (sửa)"
    elsewhere["name"] += " (sửa)"
    next(one for one in new["components"] if one["key"] == key)["name"] += " (mẫu mới)"
    other = next(one for one in new["components"] if one["key"] != key)["key"]  # whose words stay as they are
    flows = [f"components/{key}/name", f"cases/{elsewhere['code']}/name", f"components/{other}/name", "name"]
    new["transition"] = {"rule": "CORRECTIONS_FLOW", "ground": "Điều 9", "flows": flows}
    effect = measure_effect(code=CODE, content=new, on=today)
    assert effect.corrected == {f"components/{key}/name": 1, f"cases/{elsewhere['code']}/name": 0, "name": 1}


def test_measure_effect_names_steps_that_nobody_may_do(house, content, today):
    before = measure_effect(code=CODE, content=content, on=today).unfilled
    new = deepcopy(content)
    new["process"]["bpmn"] = new["process"]["bpmn"].replace('mc:duty="SIGNATORY"', 'mc:duty="AUDITOR"')
    after = measure_effect(code=CODE, content=new, on=today).unfilled
    signs = [one for one in after if one.duty == "AUDITOR"]
    assert signs
    known = {one.step: len(one.units) for one in before}
    assert all(len(one.units) > known.get(one.step, 0) for one in signs)


def test_measure_effect_costs_the_same_with_more_dossiers(under_way, content, today, actor):
    new, by = shortened(content), actor("kiemsoat")

    def measure():
        measure_effect(code=CODE, content=new, on=today, by=by, named=9)

    under_way()
    measure()
    one = len(statements_of(measure))
    under_way()
    under_way()
    assert len(statements_of(measure)) == one


def test_figures_of_hold_counts_and_no_dossier(under_way, content, today):
    dossier = under_way()
    figures = figures_of(measure_effect(code=CODE, content=shortened(content), on=today))
    check_figures(figures)
    for told in (dossier.code, dossier.owner_name, "Pleiku"):
        assert told not in str(figures)
    assert (figures["open"], figures["earlier"], figures["later"]) == (1, 1, 0)
    with pytest.raises(ValueError, match="additionalProperties"):
        check_figures({**figures, "codes": [dossier.code]})
    with pytest.raises(ValueError, match="nobody"):
        check_figures({**figures, "nobody": [{"step": "ký duyệt", "duty": "X", "units": 1}]})
