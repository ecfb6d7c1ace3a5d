"""Ids keep their meaning through versions: what a reviewer is warned of."""

from copy import deepcopy

from apps.catalogue.national_files import read_national
from apps.catalogue.stable_ids import list_warnings
from apps.catalogue.transition import transition_refusals

CONTENT = next(file.content for file in read_national() if file.code == "1.013225")


def changed(**component) -> dict:
    content = deepcopy(CONTENT)
    content["components"][0] |= component
    return content


def test_nothing_is_said_about_other_words_for_the_same_thing() -> None:
    name = CONTENT["components"][0]["name"]
    assert list_warnings(CONTENT, CONTENT) == []
    assert list_warnings(CONTENT, changed(name=f"{name} (mẫu mới)", code="MOI")) == []
    assert list_warnings(CONTENT, changed(name="Bản vẽ thiết kế xây dựng")) == []  # the code is the same


def test_an_id_that_now_means_something_else_is_named() -> None:
    key = CONTENT["components"][0]["key"]
    (found,) = list_warnings(CONTENT, changed(name="Giấy khám sức khỏe", code="KHAC.01"))
    assert found.place == f"components/{key}"
    assert "Giấy khám sức khỏe" in found.sentence


def test_a_thing_that_comes_back_under_another_id_is_named() -> None:
    key = CONTENT["components"][0]["key"]
    (found,) = list_warnings(CONTENT, changed(key="ma-khac"))
    assert (found.place, key in found.sentence) == ("components/ma-khac", True)


def test_fields_and_steps_are_watched_too() -> None:
    content = deepcopy(CONTENT)
    name, field = next(iter(content["form"]["properties"].items()))
    content["form"]["properties"] = {
        key: value for key, value in content["form"]["properties"].items() if key != name
    } | {"khac": field}
    bpmn = content["process"]["bpmn"]
    first = (
        bpmn.split("<bpmn:userTask", 1)[1].split('id="', 1)[1].split('"', 1)[0]
        if "<bpmn:userTask" in bpmn
        else ""
    )
    assert [one.place for one in list_warnings(CONTENT, content)] == ["fields/khac"]
    if first:
        content["process"]["bpmn"] = bpmn.replace(f'"{first}"', '"buoc-khac"').replace(
            f">{first}<", ">buoc-khac<"
        )
        assert "steps/buoc-khac" in [one.place for one in list_warnings(CONTENT, content)]


def test_only_words_may_flow_and_only_with_a_ground() -> None:
    key, case = CONTENT["components"][0]["key"], CONTENT["cases"][0]["code"]
    words = f"components/{key}/name"

    def content(*flows, ground="Điều 9", rule="CORRECTIONS_FLOW") -> dict:
        return {**CONTENT, "transition": {"rule": rule, "ground": ground, "flows": list(flows)}}

    assert transition_refusals(CONTENT) == []
    assert transition_refusals(content(words)) == []
    for path in (
        f"cases/{case}/limit",
        f"components/{key}/required",
        f"cases/{case}/components/{key}",
        "fees/le-phi/amount",
    ):
        (refusal,) = transition_refusals(content(path))
        assert refusal.code == "catalogue.flow_not_allowed"
    assert [one.code for one in transition_refusals(content(words, ground=" "))] == [
        "catalogue.transition_ground_needed"
    ]
