"""What differs between two contents: all of it, nothing twice, in words."""

import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from apps.accounts.enums import Duty
from apps.catalogue.changes import Change, Group, Kind, group_of, list_changes, say_change, thing_of
from apps.catalogue.parts import KEYED, Parts, split
from apps.catalogue.paths import make_path, names_of, parse_path
from apps.catalogue.value_words import say_value
from apps.forms.editing import remove_field, with_sections

from .random_edits import NATIONAL, contents, pairs

Content = dict[str, Any]
PERMIT = "1.013225"


@pytest.fixture
def permit() -> Content:
    return deepcopy(NATIONAL[PERMIT])


def said(before: Content, after: Content) -> list[tuple[str, str, str]]:
    return [say_change(change, before, after) for change in list_changes(before, after)]


def meaning(content: Content) -> Parts:
    """The parts without how the files are spelled; and without the place of things within a list."""
    parts = {path: value for path, value in split(content).items() if not path.endswith("/spelling")}
    return {path: sorted(value) if path.endswith("/order") else value for path, value in parts.items()}


def applied(before: Content, changes: list[Change]) -> Parts:
    parts = split(before)
    for change in changes:
        whole = change.kind != Kind.CHANGED and (thing_of(change.path + "/x") == change.path)
        if whole:
            parts = {path: value for path, value in parts.items() if not path.startswith(change.path + "/")}
            if change.after is not None:
                parts |= _parts_of(change)
        elif change.kind == Kind.REMOVED:
            del parts[change.path]
        else:
            parts[change.path] = change.after
    return parts


def _parts_of(change: Change) -> Parts:
    first, *_ = parse_path(change.path)
    if first == "process":
        return {f"{change.path}/{attribute}": value for attribute, value in change.after.items()}
    return {
        path.replace(make_path((first, names_of([change.after[KEYED[first]]])[0])), change.path, 1): value
        for path, value in split({first: [change.after]}).items()
        if not path.endswith(f"{first}/order")
    }


def members(parts: Parts) -> Parts:
    """Without the orders and the list of fields, which say again what the members say."""
    return {
        path: value
        for path, value in parts.items()
        if not path.endswith(("/order", "/spelling")) and not path.startswith("form/present/")
    }


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_list_changes_says_everything_that_differs(pair: tuple[Content, Content]) -> None:
    before, after = pair
    assert members(applied(before, list_changes(before, after))) == members(split(after))


@settings(max_examples=30, deadline=None)
@given(contents())
def test_list_changes_finds_nothing_in_the_same_content(content: Content) -> None:
    assert list_changes(content, deepcopy(content)) == []


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_list_changes_is_empty_only_for_the_same_law(pair: tuple[Content, Content]) -> None:
    before, after = pair
    same = {**split(before), "process/spelling": 0} == {**split(after), "process/spelling": 0}
    assert (list_changes(before, after) == []) == same


@settings(max_examples=60, deadline=None)
@given(pairs())
def test_say_change_never_shows_a_key_or_json(pair: tuple[Content, Content]) -> None:
    """Without the words of the texts that were typed at random, which may hold any sign."""
    before, after = pair
    for what, old, new in said(before, after):
        assert what
        assert not re.search(r"[{}\[\]]|\bNone\b|\bTrue\b|\bFalse\b|_", what + old + new)


@pytest.mark.parametrize(
    ("path", "flows"),
    [
        ("name", True),
        ("components/to-khai/note", True),
        ("cases/1.013225.01/name", True),
        ("process/steps/ky/name", True),
        ("legal_basis/60~12014~1QH13/name", True),
        ("cases/1.013225.01/limit", False),
        ("cases/1.013225.01/components/to-khai", False),
        ("components/to-khai", False),
        ("components/to-khai/required", False),
        ("components/to-khai/originals", False),
        ("fees/le-phi/amount", False),
        ("fees/le-phi/name", False),
        ("results/KQ.1", False),
        ("process/steps/ky/allot", False),
        ("process/steps/ky/unit", False),
        ("process/flow", False),
        ("form/fields/name", False),
        ("supplement_limit", False),
    ],
)
def test_may_flow_is_true_of_words_alone(path: str, flows: bool) -> None:
    assert Change(path, Kind.CHANGED, group_of(path), "trước", "sau").may_flow is flows


def test_say_change_of_a_limit(permit: Content) -> None:
    after = deepcopy(permit)
    after["cases"][0]["limit"]["amount"] = 15
    name, amount = permit["cases"][0]["name"], permit["cases"][0]["limit"]["amount"]
    assert said(permit, after) == [
        (f"Thời hạn giải quyết, trường hợp ‘{name}’", f"{amount} ngày làm việc", "15 ngày làm việc")
    ]


def test_say_change_of_a_limit_with_another_ground(permit: Content) -> None:
    after = deepcopy(permit)
    after["cases"][0]["limit"]["legal_ground"] = "Luật mới"
    [(_what, before, now)] = said(permit, after)
    assert before != now
    assert now.endswith("căn cứ: Luật mới")


def test_say_change_of_a_paper_that_came(permit: Content) -> None:
    after = deepcopy(permit)
    paper = {"key": "hoan-cong", "code": "", "name": "Bản vẽ hoàn công", "originals": 1, "copies": 2}
    after["components"].append({**paper, "required": True})
    after["cases"][0]["components"].append("hoan-cong")
    assert ("Thêm giấy tờ ‘Bản vẽ hoàn công’", "", "bắt buộc, 1 bản chính, 2 bản sao") in said(permit, after)
    changes = list_changes(permit, after)
    assert {change.group for change in changes} == {Group.PAPER}
    assert [change.path for change in changes] == [
        f"cases/{permit['cases'][0]['code']}/components/hoan-cong",
        "components/hoan-cong",
    ]


def test_say_change_of_a_step(permit: Content) -> None:
    after = deepcopy(permit)
    parts = split(permit)
    path = next(p for p, v in parts.items() if p.endswith("/allot") and v == "P2D")
    step = parts[path.replace("/allot", "/name")]
    text = after["process"]["bpmn"]
    start = text.index(f'id="{parse_path(path)[2]}"')
    after["process"]["bpmn"] = text[:start] + text[start:].replace('mc:allot="P2D"', 'mc:allot="P1D"', 1)
    assert said(permit, after) == [(f"Bước ‘{step}’: thời gian", "2 ngày", "1 ngày")]
    assert [change.group for change in list_changes(permit, after)] == [Group.PROCESS]


def test_say_change_of_the_way_names_the_nodes(permit: Content) -> None:
    other = deepcopy(permit)
    other["process"] = deepcopy(NATIONAL["1.000656"]["process"])
    flows = [row for row in said(permit, other) if row[0] == "Trình tự giải quyết"]
    assert len(flows) == 1
    assert "Đã tiếp nhận → Thụ lý, ghi sổ đăng ký khai tử" in flows[0][2]


def test_say_value_knows_every_duty() -> None:
    for duty in Duty:
        assert say_value("steps.duty", duty.value).lower() == str(duty.label).lower()


def test_an_older_form_that_the_editor_only_opened_has_not_changed(permit) -> None:
    """The editor spells sections its own way; once a limit and one question came out as eighteen changes."""
    edited = {**permit, "form": with_sections(permit["form"])}
    assert "x-sections" not in permit["form"]
    assert said(permit, edited) == said(edited, permit) == []
    without, _gone = remove_field(edited["form"], "setback")
    told = said(permit, {**edited, "form": without})
    assert [what for what, _before, _after in told] == ["Bỏ mục ‘Khoảng lùi (m)’ khỏi biểu mẫu điện tử"]
