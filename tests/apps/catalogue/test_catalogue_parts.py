"""A content taken apart and put together is the same content, to the letter."""

from typing import Any

import pytest
from hypothesis import given, settings

from apps.catalogue.parts import join, split
from apps.catalogue.paths import id_of, make_path, names_of, parse_path

from .random_edits import NATIONAL, contents


@pytest.mark.parametrize("code", sorted(NATIONAL))
def test_join_gives_back_a_national_content(code: str) -> None:
    assert join(split(NATIONAL[code])) == NATIONAL[code]


@settings(max_examples=60, deadline=None)
@given(contents())
def test_join_gives_back_every_content(content: dict[str, Any]) -> None:
    assert join(split(content)) == content


def test_split_names_things_by_their_ids() -> None:
    parts = split(NATIONAL["1.001193"])
    case, paper = NATIONAL["1.001193"]["cases"][0], NATIONAL["1.001193"]["components"][0]
    assert parts[f"cases/{case['code']}/limit"] == case["limit"]
    assert parts[f"components/{paper['key']}/name"] == paper["name"]
    assert parts[f"cases/{case['code']}/components/{case['components'][0]}"] is True
    assert parts["process/steps/ky/duty"] == "SIGNATORY"
    assert "mc:duty" not in parts["process/flow"]


def test_join_writes_a_step_into_the_process() -> None:
    content = NATIONAL["1.000656"]
    written = join({**split(content), "process/steps/ky/allot": "P1D"})
    parts = {path: value for path, value in split(content).items() if not path.endswith("spelling")}
    again = {path: value for path, value in split(written).items() if not path.endswith("spelling")}
    assert again == {**parts, "process/steps/ky/allot": "P1D"}


def test_join_writes_another_way_between_the_steps() -> None:
    """The flow of one version with the spelling of another: what has a meaning counts."""
    one, other = split(NATIONAL["1.000656"]), split(NATIONAL["1.000894"])
    process = {path: value for path, value in other.items() if path.startswith("process/")}
    rest = {path: value for path, value in one.items() if not path.startswith("process/")}
    mixed = {**rest, **process, "process/spelling": one["process/spelling"]}
    again = split(join(mixed))
    assert {path: again[path] for path in process if path != "process/spelling"} == {
        path: value for path, value in process.items() if path != "process/spelling"
    }


def test_split_takes_a_process_that_is_no_xml() -> None:
    content = {**NATIONAL["1.000656"], "process": {"id": "x", "bpmn": "<a", "called": {"order": "<b/>"}}}
    assert join(split(content)) == content


def test_names_of_tells_apart_what_carries_one_id() -> None:
    ids = ["a", "order", "a", "b#1"]
    names = names_of(ids)
    assert names == ["a", "order#1", "a#2", "b#1#1"]
    assert [id_of(name) for name in names] == ids


def test_parse_path_reads_what_make_path_wrote() -> None:
    segments = ["legal_basis", "60/2014/QH13~1", "name"]
    assert parse_path(make_path(segments)) == segments
