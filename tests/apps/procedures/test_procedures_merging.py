"""Three sides of a version: what is ours and untouched stays, what is the centre's comes, the rest is asked."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.catalogue.changes import Kind
from apps.catalogue.parts import split
from apps.procedures.enums import Choice, Clash
from apps.procedures.errors import DecisionsMissing, DecisionUnlawful
from apps.procedures.limits import is_shorter
from apps.procedures.merging import Decision, Merge, merge, resolve
from apps.procedures.merging_words import say_override
from apps.procedures.overriding import apply_overrides
from apps.procedures.targets import target_of
from tests.apps.catalogue.random_edits import EDITS, NATIONAL

Content = dict[str, Any]
GROUND = "Nghị quyết 12/2026/NQ-HĐND"
PERMIT = "1.013225"


@pytest.fixture
def base() -> Content:
    return deepcopy(NATIONAL[PERMIT])


def shorter(content: Content, days: int, case: int = 1) -> dict[str, Any]:
    return {"slot": "limit", "case": content["cases"][case]["code"], "amount": days, "ground": GROUND}


def paper(key: str) -> dict[str, Any]:
    component = {
        "key": key,
        "code": "",
        "name": "Giấy của tỉnh",
        "originals": 1,
        "copies": 0,
        "required": False,
    }
    return {"slot": "component", "component": component, "ground": GROUND}


@st.composite
def sides(draw: st.DrawFn) -> tuple[Content, Content, list[dict[str, Any]]]:
    """A national version, a later one, and overrides that were lawful over the first."""
    base = deepcopy(NATIONAL[draw(st.sampled_from(sorted(NATIONAL)))])
    new = deepcopy(base)
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=5)):
        edit(draw, new)
    if draw(st.booleans()):
        new["slots"] = draw(st.lists(st.sampled_from(base["slots"]), unique=True))
    return base, new, _own(draw, base)


def _own(draw: st.DrawFn, base: Content) -> list[dict[str, Any]]:
    own = []
    for case in base["cases"]:
        if case["limit"]["amount"] > 1 and draw(st.booleans()):
            amount = draw(st.integers(1, case["limit"]["amount"] - 1))
            own.append({"slot": "limit", "case": case["code"], "amount": amount, "ground": GROUND})
    for fee in base["fees"]:
        if draw(st.booleans()):
            amount, channel = draw(st.integers(0, 10**6)), draw(st.sampled_from([None, *base["channels"]]))
            if fee["channel"] in (None, channel):
                one = {"slot": "fee", "key": fee["key"], "amount": amount, "ground": GROUND}
                own.append({**one, "channel": channel} if channel else one)
    steps = sorted({path.split("/")[2] for path in split(base) if path.startswith("process/steps/")})
    for step in draw(st.lists(st.sampled_from(steps), unique=True, max_size=2)):
        own.append({"slot": "units", "step": step, "unit_code": "H21.12", "ground": GROUND})
        own.append({"slot": "steps", "step": step, "allot": "PT1H", "ground": GROUND})
        own.append(
            {"slot": "wording", "path": f"process/steps/{step}/name", "text": "Ở đây", "ground": GROUND}
        )
    own += [paper(key) for key in draw(st.lists(st.sampled_from(["moi", "rieng"]), unique=True))]
    return own


def decided(merged: Merge, wish: Choice) -> dict[str, Decision]:
    return {one.key: Decision(wish if wish in one.choices else Choice.NATIONAL) for one in merged.conflicts}


@settings(max_examples=60, deadline=None)
@given(sides(), st.sampled_from([Choice.KEEP, Choice.NATIONAL]))
def test_merge_loses_no_override_that_the_centre_left_alone(sides: Any, wish: Choice) -> None:
    """Return an empty list from ``resolve`` and this fails at the first example."""
    base, new, own = sides
    merged = merge(base=base, new=new, overrides=own)
    overrides = resolve(merged, new, decided(merged, wish))
    old_parts, new_parts = split(base), split(new)
    for override in own:
        target = target_of(override)
        same = all(old_parts.get(path) == new_parts.get(path) for path in (target.path, *target.watched))
        same = same and not (override["slot"] == "component" and f"{target.path}/name" in new_parts)
        if same and override["slot"] in new["slots"]:
            assert override in overrides


@settings(max_examples=60, deadline=None)
@given(sides(), st.sampled_from([Choice.KEEP, Choice.NATIONAL]))
def test_merge_loses_nothing_of_the_centre(sides: Any, wish: Choice) -> None:
    """Lay the overrides over ``base`` instead of ``new`` and this fails at the first example."""
    base, new, own = sides
    merged = merge(base=base, new=new, overrides=own)
    result = apply_overrides(new, resolve(merged, new, decided(merged, wish)))
    assert result.refusals == []
    parts, new_parts = split(result.content), split(new)
    asked = {conflict.path for conflict in merged.conflicts}
    for change in merged.national:
        if change.kind == Kind.REMOVED:
            assert change.path not in parts
        elif change.path in new_parts and not change.path.endswith(("/order", "/flow")):
            assert parts[change.path] == new_parts[change.path], change.path
    if wish == Choice.NATIONAL:
        assert all(parts.get(path) == new_parts.get(path) for path in asked if "/" in path)


@settings(max_examples=40, deadline=None)
@given(sides())
def test_merge_without_overrides_is_the_national_version(sides: Any) -> None:
    base, new, _own = sides
    merged = merge(base=base, new=new, overrides=[])
    assert merged.conflicts == ()
    assert apply_overrides(new, resolve(merged, new, {})).content == new


@settings(max_examples=40, deadline=None)
@given(sides(), st.randoms())
def test_merge_does_not_depend_on_the_order_of_the_overrides(sides: Any, chance: Any) -> None:
    base, new, own = sides
    turned = list(own)
    chance.shuffle(turned)
    one, other = (merge(base=base, new=new, overrides=each) for each in (own, turned))
    assert {conflict.key: conflict for conflict in one.conflicts} == {
        conflict.key: conflict for conflict in other.conflicts
    }
    assert one.national == other.national
    results = [resolve(each, new, decided(each, Choice.KEEP)) for each in (one, other)]
    assert sorted(map(str, results[0])) == sorted(map(str, results[1]))


def test_merge_keeps_what_the_centre_did_not_touch(base: Content) -> None:
    new = deepcopy(base)
    new["name"] = "Cấp giấy phép (sửa tên)"
    merged = merge(base=base, new=new, overrides=[shorter(base, 5)])
    assert merged.kept == (shorter(base, 5),)
    assert merged.conflicts == ()
    assert [change.path for change in merged.national] == ["name"]


@pytest.mark.parametrize(
    ("national", "clash", "choices"),
    [
        (8, Clash.BOTH_CHANGED, ("KEEP", "NATIONAL", "EDIT")),
        (5, Clash.NO_LONGER_LAWFUL, ("NATIONAL", "EDIT")),
        (3, Clash.NO_LONGER_LAWFUL, ("NATIONAL", "EDIT")),
    ],
)
def test_merge_asks_when_both_changed_a_limit(
    base: Content, national: int, clash: Clash, choices: Any
) -> None:
    new = deepcopy(base)
    new["cases"][1]["limit"]["amount"] = national
    (conflict,) = merge(base=base, new=new, overrides=[shorter(base, 5)]).conflicts
    assert (conflict.clash, conflict.choices) == (clash, choices)
    said = say_override(conflict.override, base, new, {})
    assert (said.base, said.new, said.ours) == (
        f"{base['cases'][1]['limit']['amount']} ngày làm việc",
        f"{national} ngày làm việc",
        "5 ngày làm việc",
    )


def test_merge_asks_when_a_fee_of_ours_is_gone(base: Content) -> None:
    own = {"slot": "fee", "key": base["fees"][0]["key"], "amount": 1000, "ground": GROUND}
    new = deepcopy(base)
    del new["fees"][0]
    merged = merge(base=base, new=new, overrides=[own])
    assert [(one.clash, one.choices) for one in merged.conflicts] == [(Clash.THING_GONE, ("NATIONAL",))]
    assert say_override(own, base, new, {}).new == "không còn"
    assert resolve(merged, new, decided(merged, Choice.NATIONAL)) == []


def test_merge_asks_when_the_slot_is_closed(base: Content) -> None:
    new = {**deepcopy(base), "slots": ["units"]}
    (conflict,) = merge(base=base, new=new, overrides=[shorter(base, 5)]).conflicts
    assert (conflict.clash, conflict.choices) == (Clash.SLOT_CLOSED, ("NATIONAL",))


def test_merge_keeps_a_paper_of_ours_beside_one_of_the_centre_under_another_key(base: Content) -> None:
    own, new = paper("moi"), deepcopy(base)
    new["components"].append({**own["component"], "name": "Giấy của trung ương"})
    new["cases"][0]["components"].append("moi")
    merged = merge(base=base, new=new, overrides=[own])
    assert [one.clash for one in merged.conflicts] == [Clash.KEY_TAKEN]
    (kept,) = resolve(merged, new, decided(merged, Choice.KEEP))
    result = apply_overrides(new, [kept])
    assert result.refusals == []
    assert [one["key"] for one in result.content["components"]][-2:] == ["moi", "moi-2"]


def test_resolve_refuses_what_is_undecided_and_what_the_law_does_not_allow(base: Content) -> None:
    new = deepcopy(base)
    new["cases"][1]["limit"]["amount"] = 3
    merged = merge(base=base, new=new, overrides=[shorter(base, 5)])
    (conflict,) = merged.conflicts
    with pytest.raises(DecisionsMissing, match="Còn 1 nội dung"):
        resolve(merged, new, {})
    with pytest.raises(DecisionUnlawful):
        resolve(merged, new, {conflict.key: Decision(Choice.KEEP)})
    (edited,) = resolve(merged, new, {conflict.key: Decision(Choice.EDIT, 2, "QĐ mới")})
    assert (edited["amount"], edited["ground"]) == (2, "QĐ mới")
    assert is_shorter({"amount": 2, "unit": "WORKING_DAY"}, new["cases"][1]["limit"])
