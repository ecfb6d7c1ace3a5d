"""Overrides, without a database: only in open slots, only shorter, always with a ground."""

from copy import deepcopy

import pytest

from apps.catalogue.content import find_problems
from apps.catalogue.national_files import read_national
from apps.procedures.limits import is_shorter, shortened
from apps.procedures.overriding import UnitChoice, apply_overrides
from project.process_check import check_process

CONTENT = {file.code: file.content for file in read_national()}
GROUND = "Nghị quyết 01/2026/NQ-HĐND"
EXTRA = {"key": "them", "code": "", "name": "Giấy thêm", "originals": 1, "copies": 0, "required": True}


def refusals(code: str, *overrides: dict) -> list[tuple[str, str | None]]:
    return [
        (refusal.code, refusal.field) for refusal in apply_overrides(CONTENT[code], list(overrides)).refusals
    ]


@pytest.mark.parametrize(
    ("new", "old", "shorter"),
    [
        ((2, "WORKING_DAY"), (3, "WORKING_DAY"), True),
        ((3, "WORKING_DAY"), (3, "WORKING_DAY"), False),
        ((4, "WORKING_DAY"), (3, "WORKING_DAY"), False),
        ((4, "HOUR"), (1, "WORKING_DAY"), True),
        ((5, "HOUR"), (1, "WORKING_DAY"), False),
        ((3, "DAY"), (3, "WORKING_DAY"), True),
        ((4, "DAY"), (3, "WORKING_DAY"), False),
        ((1, "WORKING_DAY"), (20, "DAY"), False),
        ((28, "DAY"), (1, "MONTH"), True),
        ((29, "DAY"), (1, "MONTH"), False),
        ((1, "MONTH"), (60, "DAY"), False),
    ],
)
def test_is_shorter_only_when_it_is_certain(new: tuple, old: tuple, shorter: bool) -> None:
    as_limit = [{"amount": amount, "unit": unit} for amount, unit in (new, old)]
    assert is_shorter(*as_limit) is shorter


def test_shortened_to_hours_counts_from_the_moment() -> None:
    old = CONTENT["1.001193"]["cases"][0]["limit"]
    new = shortened(old, amount=4, unit="HOUR", ground=GROUND)
    assert (new["start"], new["cutoff"], new["legal_ground"]) == ("NOW", None, GROUND)


def test_apply_overrides_leaves_the_template_alone() -> None:
    before = deepcopy(CONTENT["1.013225"])
    result = apply_overrides(
        CONTENT["1.013225"],
        [
            {"slot": "limit", "case": "1.013225.01", "amount": 8, "ground": GROUND},
            {"slot": "fee", "key": "le-phi", "amount": 75000, "ground": GROUND},
            {"slot": "component", "case": "1.013225.02", "component": EXTRA, "ground": GROUND},
            {"slot": "units", "role": "SUPPORTING", "rule": "CHOSEN_UNIT", "unit_id": 5, "ground": GROUND},
            {"slot": "units", "step": "y-kien-pccc", "unit_code": "H21.12", "ground": GROUND},
        ],
    )
    assert result.refusals == []
    assert CONTENT["1.013225"] == before
    first, second = result.content["cases"]
    assert (first["limit"]["amount"], first["limit"]["legal_ground"]) == (8, GROUND)
    assert second["limit"] == before["cases"][1]["limit"]
    assert result.content["fees"][0]["amount"] == 75000
    assert ("them" in first["components"], "them" in second["components"]) == (False, True)
    assert result.units["SUPPORTING"] == UnitChoice("SUPPORTING", "CHOSEN_UNIT", 5)
    assert result.unit_codes == {"y-kien-pccc": "H21.12"}
    bpmn = result.content["process"]["bpmn"]
    assert bpmn.count('mc:unit="H21.12"') == 1
    assert bpmn.count('mc:unit="SUPPORTING"') == 1
    assert find_problems(result.content, check_process=check_process) == []


def test_apply_overrides_reaches_a_step_of_a_called_process() -> None:
    override = {"slot": "units", "step": "bh-kiem-tra", "unit_code": "H21.50", "ground": GROUND}
    result = apply_overrides(CONTENT["2.000986"], [override])
    called = result.content["process"]["called"]
    assert 'mc:unit="H21.50"' in called["lien-thong-the-bhyt"]
    assert find_problems(result.content, check_process=check_process) == []


@pytest.mark.parametrize(
    "override",
    [
        {"slot": "limit", "case": "x", "amount": 1},
        {"slot": "limit", "case": "1.013225.01", "amount": "2"},
        {"slot": "limit", "case": "1.013225.01", "amount": True},
        {"slot": "limit", "case": "1.013225.01", "amount": 1, "unit": "YEAR"},
        {"slot": "fee", "key": "x", "amount": 1},
        {"slot": "fee", "key": "le-phi", "amount": -1},
        {"slot": "fee", "key": "le-phi"},
        {"slot": "units", "role": "X", "rule": "SAME_COMMUNE"},
        {"slot": "units", "role": "COMPETENT", "rule": "X"},
        {"slot": "units", "role": "COMPETENT", "rule": "CHOSEN_UNIT"},
        {"slot": "units", "role": "COMPETENT", "rule": "SAME_COMMUNE", "unit_id": 3},
        {"slot": "units", "step": "x", "unit_code": "H21"},
        {"slot": "units", "step": "ky"},
        {"slot": "component", "component": {"key": "x"}},
        {"slot": "component", "component": {**EXTRA, "key": "don"}},
        {"slot": "component", "component": EXTRA, "case": "x"},
        {"slot": "form"},
        {},
    ],
)
def test_apply_overrides_refuses_what_is_unclear(override: dict) -> None:
    assert refusals("1.013225", {**override, "ground": GROUND}) == [
        ("procedures.override_unclear", "overrides[0]")
    ]


def test_apply_overrides_lists_every_refusal_by_its_place() -> None:
    content = {**CONTENT["1.013225"], "slots": ["limit"]}
    result = apply_overrides(
        content,
        [
            {"slot": "fee", "key": "le-phi", "amount": 1, "ground": GROUND},
            {"slot": "limit", "case": "1.013225.01", "amount": 11, "ground": GROUND},
            {"slot": "limit", "case": "1.013225.01", "amount": 9, "ground": " "},
        ],
    )
    assert [(r.code, r.field) for r in result.refusals] == [
        ("procedures.override_slot_closed", "overrides[0]"),
        ("procedures.limit_may_only_shrink", "overrides[1]"),
        ("procedures.override_without_ground", "overrides[2]"),
    ]
    assert "mức phí, lệ phí" in str(result.refusals[0])
    assert "so với 10 ngày làm việc" in str(result.refusals[1])
