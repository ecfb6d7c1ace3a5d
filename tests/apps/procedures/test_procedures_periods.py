"""Overrides with days, channels and groups of their own, without a database."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.catalogue.content import find_problems
from apps.catalogue.national_files import read_national
from apps.catalogue.parts import split
from apps.fees.assessment import assess, list_groups
from apps.procedures.override_reading import is_active
from apps.procedures.overriding import apply_overrides
from apps.procedures.periods import lay_out, refusals_of
from project.process_check import check_process

PERMIT = {file.code: file.content for file in read_national()}["1.013225"]
GROUND = "Nghị quyết 12/2026/NQ-HĐND"
DAY = date(2026, 11, 23)
FEE = {"slot": "fee", "key": "le-phi", "amount": 75000, "ground": GROUND}
CHANNELS = PERMIT["channels"]
POOR = {"key": "ho-ngheo", "name": "Hộ nghèo", "legal_ground": "Điều 3 Nghị quyết"}
HALF = {
    "key": "nguoi-cao-tuoi",
    "name": "Người cao tuổi",
    "legal_ground": "Điều 4 Nghị quyết",
    "amount": 30000,
}


def fee_of(content: dict[str, Any], channel: str, group: str | None = None) -> list[tuple[int, int, str]]:
    case = content["cases"][0]["code"]
    lines = assess(fees=content["fees"], channel=channel, case=case, copies=1, exempt_group=group)
    return [(line.unit_amount, line.total, line.exempt_ground) for line in lines]


def refusals(*overrides: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in apply_overrides(PERMIT, list(overrides)).refusals]


def sound(content: dict[str, Any]) -> bool:
    return not find_problems(content, check_process=check_process)


def test_a_fee_for_one_channel_leaves_the_others_as_they_were() -> None:
    """The nation leaves the amount to the province: 0 makes no line."""
    content = apply_overrides(PERMIT, [{**FEE, "channel": "ONLINE", "amount": 10000}]).content
    assert {channel: fee_of(content, channel) for channel in CHANNELS} == {
        channel: [(10000, 10000, "")] if channel == "ONLINE" else [] for channel in CHANNELS
    }
    assert sound(content)


def test_a_fee_for_one_channel_goes_over_the_one_for_all_in_any_order() -> None:
    online = {**FEE, "channel": "ONLINE", "amount": 10000}
    one, other = (apply_overrides(PERMIT, each) for each in ([FEE, online], [online, FEE]))
    assert one.content == other.content
    assert [fee_of(one.content, channel)[0][0] for channel in ("ONLINE", "DIRECT")] == [10000, 75000]


def test_a_group_pays_nothing_or_less_each_with_its_ground() -> None:
    content = apply_overrides(PERMIT, [{**FEE, "exempt_groups": [POOR, HALF]}]).content
    assert fee_of(content, "DIRECT", "ho-ngheo") == [(75000, 0, "Điều 3 Nghị quyết")]
    assert fee_of(content, "DIRECT", "nguoi-cao-tuoi") == [(30000, 30000, "")]
    assert fee_of(content, "DIRECT") == [(75000, 75000, "")]
    groups = list_groups(fees=content["fees"])
    assert {key: (one.name, one.amounts[0][1]) for key, one in groups.items()} == {
        "ho-ngheo": ("Hộ nghèo", 0),
        "nguoi-cao-tuoi": ("Người cao tuổi", 30000),
    }
    assert sound(content)


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ({**FEE, "channel": "FAX"}, "procedures.override_unclear"),
        ({**FEE, "exempt_groups": [{"key": "x", "name": "", "legal_ground": "y"}]}, "procedures.override_unclear"),
        ({**FEE, "exempt_groups": [POOR, POOR]}, "procedures.override_unclear"),
        ({**FEE, "exempt_groups": [{**POOR, "amount": 75000}]}, "procedures.override_unclear"),
        ({**FEE, "from": "31/02/2026"}, "procedures.override_unclear"),
        ({**FEE, "from": "2026-12-01", "to": "2026-11-30"}, "procedures.override_unclear"),
        ({**FEE, "resolution": {"number": ""}}, "procedures.override_unclear"),
        ({**FEE, "resolution": {"number": "12", "link": "javascript:alert(1)"}}, "procedures.override_unclear"),
        ({**FEE, "ground": " "}, "procedures.override_without_ground"),
        ({"slot": "steps", "step": "ky", "allot": "P9D", "ground": GROUND}, "procedures.step_time_may_only_shrink"),
        ({"slot": "steps", "step": "ky", "allot": "PT0H", "ground": GROUND}, "procedures.override_unclear"),
        ({"slot": "steps", "step": "khong", "allot": "PT1H", "ground": GROUND}, "procedures.override_unclear"),
        ({"slot": "wording", "path": "cases/1.013225.01/limit", "text": "1", "ground": GROUND}, "procedures.override_unclear"),
        ({"slot": "wording", "path": "components/khong/note", "text": "1", "ground": GROUND}, "procedures.override_unclear"),
        ({"slot": "wording", "path": "name", "text": "", "ground": GROUND}, "procedures.override_unclear"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_by_its_place(override: dict[str, Any], code: str) -> None:
    shorter = {"slot": "limit", "case": "1.013225.01", "amount": 8, "ground": GROUND}
    assert refusals(shorter, override) == [(code, "overrides[1]")]


def test_two_overrides_of_one_thing_on_one_day_are_refused() -> None:
    until, later = {**FEE, "to": "2026-12-31"}, {**FEE, "from": "2027-01-01", "amount": 1}
    assert refusals(until, later) == []
    assert refusals(FEE, later) == [("procedures.override_overlaps", "overrides[1]")]
    assert refusals(FEE, {**FEE, "channel": "ONLINE"}) == []


def test_a_step_gets_a_shorter_time_and_words_of_the_province() -> None:
    path = next(path for path, value in split(PERMIT).items() if path.endswith("/allot") and value == "P2D")
    step, paper = path.split("/")[2], PERMIT["components"][0]["key"]
    result = apply_overrides(
        PERMIT,
        [
            {"slot": "steps", "step": step, "allot": "PT8H", "ground": GROUND},
            {"slot": "wording", "path": f"components/{paper}/note", "text": "Nộp ở quầy 3", "ground": GROUND},
            {"slot": "wording", "path": f"process/steps/{step}/name", "text": "Thẩm định & <ký>", "ground": GROUND},
        ],
    )  # fmt: skip
    assert result.refusals == []
    parts = split(result.content)
    assert (parts[path], parts[f"components/{paper}/note"]) == ("PT8H", "Nộp ở quầy 3")
    assert parts[f"process/steps/{step}/name"] == "Thẩm định & <ký>"
    assert sound(result.content)


def test_lay_out_divides_at_the_first_and_after_the_last_day() -> None:
    spring = {**FEE, "from": "2027-01-01", "to": "2027-03-31"}
    periods = lay_out(PERMIT, [spring], DAY)
    assert [(period.start, period.end) for period in periods] == [
        (DAY, date(2027, 1, 1)),
        (date(2027, 1, 1), date(2027, 4, 1)),
        (date(2027, 4, 1), None),
    ]
    assert [period.result.content["fees"][0]["amount"] == 75000 for period in periods] == [False, True, False]
    assert periods[2].result.content == PERMIT


def test_lay_out_refuses_each_thing_once() -> None:
    wrong = {"slot": "limit", "case": "1.013225.01", "amount": 99, "ground": GROUND}
    periods = lay_out(PERMIT, [{**FEE, "to": "2027-03-31"}, wrong], DAY)
    assert [(one.code, one.field) for one in refusals_of(periods)] == [
        ("procedures.limit_may_only_shrink", "overrides[1]")
    ]


_days = st.dates(DAY, DAY + timedelta(days=60))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_days, _days), max_size=3), _days)
def test_lay_out_says_of_every_day_what_holds_on_it(spans: list[tuple[date, date]], on: date) -> None:
    """Leave the day after a last day out of ``period_starts`` and an override goes on for ever."""
    notes = [paper["key"] for paper in PERMIT["components"]]
    overrides = [
        {
            "slot": "wording",
            "path": f"components/{key}/note",
            "text": "Riêng",
            "ground": GROUND,
            "from": min(span).isoformat(),
            "to": max(span).isoformat(),
        }
        for key, span in zip(notes, spans, strict=False)
    ]
    periods = lay_out(deepcopy(PERMIT), overrides, DAY)
    (period,) = [one for one in periods if one.start <= on and (one.end is None or on < one.end)]
    said = split(period.result.content)
    for override in overrides:
        assert (said[override["path"]] == "Riêng") == is_active(override, on)
    assert [one.end for one in periods[:-1]] == [one.start for one in periods[1:]]
