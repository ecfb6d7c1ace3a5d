"""The content check: every problem by its place, one spelling for one content."""

from copy import deepcopy

import pytest

from apps.catalogue.content import (
    canonical_json,
    content_sha256,
    find_problems,
    ordered_fields,
    place_of,
)
from apps.catalogue.national_files import read_national
from project.process_check import check_process

NATIONAL = {file.code: file for file in read_national()}
WANTED = {
    "1.001193", "1.000894", "1.000656", "1.004873", "2.000635", "2.000815",
    "1.001612", "1.013225", "1.004222", "1.004194", "2.001955", "2.000986",
}  # fmt: skip


@pytest.fixture
def birth() -> dict:
    return deepcopy(NATIONAL["1.001193"].content)


def codes(content: object) -> set[tuple[str, str]]:
    return {(problem.place, problem.code) for problem in find_problems(content)}


def test_read_national_has_the_twelve_procedures() -> None:
    assert set(NATIONAL) == WANTED


@pytest.mark.parametrize("code", sorted(WANTED))
def test_find_problems_finds_nothing_in_a_national_template(code: str) -> None:
    assert [str(p) for p in find_problems(NATIONAL[code].content, check_process=check_process)] == []


@pytest.mark.parametrize("code", sorted(WANTED))
def test_national_bpmn_has_a_drawing_of_every_node_and_flow(code: str) -> None:
    process = NATIONAL[code].content["process"]
    for bpmn in (process["bpmn"], *process["called"].values()):
        flows = bpmn.count("<bpmn:sequenceFlow ")
        assert bpmn.count("<bpmndi:BPMNEdge ") == flows > 0
        nodes = sum(
            bpmn.count(f"<bpmn:{tag} ")
            for tag in (
                "startEvent",
                "endEvent",
                "userTask",
                "exclusiveGateway",
                "parallelGateway",
                "callActivity",
            )
        )
        assert bpmn.count("<bpmndi:BPMNShape ") == nodes


def test_national_birth_goes_through_three_duties_and_back_from_signing() -> None:
    bpmn = NATIONAL["1.001193"].content["process"]["bpmn"]
    assert [
        bpmn.index(f'mc:duty="{duty}"') for duty in ("SPECIALIST", "SIGNATORY", "REGISTRY_CLERK")
    ] == sorted(bpmn.index(f'mc:duty="{duty}"') for duty in ("SPECIALIST", "SIGNATORY", "REGISTRY_CLERK"))
    assert "decision == 'return'" in bpmn


def test_national_same_day_procedures_have_the_cutoff_of_15_00() -> None:
    cases = [case for file in NATIONAL.values() for case in file.content["cases"]]
    same_day = [case["limit"] for case in cases if case["limit"]["start"] == "SAME_DAY"]
    assert len(same_day) == 5
    assert {limit["cutoff"] for limit in same_day} == {"15:00"}


def test_national_fees_are_those_of_the_facts() -> None:
    def fees(code: str) -> set[tuple]:
        return {(f["channel"], f["case"], f["amount"], f["per"]) for f in NATIONAL[code].content["fees"]}

    assert fees("2.000635") == {(None, None, 8000, "COPY")}
    assert fees("1.004222") == {("DIRECT", None, 20000, "DOSSIER"), ("ONLINE", None, 10000, "DOSSIER")}
    assert ("DIRECT", "1.004194.01", 15000, "DOSSIER") in fees("1.004194")
    assert ("ONLINE", "1.004194.01", 7000, "DOSSIER") in fees("1.004194")
    assert fees("1.001612") == {(None, None, 100000, "DOSSIER")}
    assert fees("2.000815") == {(None, None, 2000, "COPY")}


def test_canonical_json_is_the_same_whatever_the_order_of_keys() -> None:
    assert canonical_json({"b": 1, "a": "ê"}) == '{"a":"ê","b":1}'.encode()
    assert content_sha256({"b": 1, "a": 2}) == content_sha256({"a": 2, "b": 1})


def test_find_problems_lists_every_problem_of_shape_at_once(birth: dict) -> None:
    del birth["name"]
    birth["level"] = "DISTRICT"
    birth["cases"][0]["limit"]["amount"] = 0
    birth["surprise"] = 1
    found = codes(birth)
    assert (".", "content.required") in found
    assert (".", "content.additionalProperties") in found
    assert ("level", "content.enum") in found
    assert ("cases[0].limit.amount", "content.minimum") in found


def test_find_problems_says_in_vietnamese_what_is_missing(birth: dict) -> None:
    del birth["name"]
    assert [str(problem) for problem in find_problems(birth)] == [".: thiếu name"]


@pytest.mark.parametrize("nonsense", [None, [], "x", 3])
def test_find_problems_refuses_what_is_no_object(nonsense: object) -> None:
    assert codes(nonsense) == {(".", "content.type")}


def test_find_problems_checks_what_holds_between_the_parts(birth: dict) -> None:
    case = birth["cases"][0]
    case["components"].append("khong-co")
    case["limit"]["confirmed"] = False
    birth["cases"].append({**deepcopy(case), "limit": {**case["limit"], "start": "NOW"}})
    birth["components"].append({**birth["components"][0], "originals": 0, "copies": 0})
    birth["components"].append({**birth["components"][0], "key": "thua"})
    birth["channels"] = ["DIRECT"]
    birth["fees"] = [
        {"key": "a", "name": "Phí", "kind": "FEE", "channel": "ONLINE", "case": "x", "amount": 1,
         "per": "COPY", "due": "INTAKE"}
    ]  # fmt: skip
    found = {code for _, code in codes(birth)}
    assert found == {
        "content.case_repeated",
        "content.component_unknown",
        "content.limit_unconfirmed",
        "content.start_does_not_fit",
        "content.cutoff_does_not_fit",
        "content.component_repeated",
        "content.component_without_quantity",
        "content.component_unused",
        "content.case_unknown",
        "content.channel_unknown",
    }


def test_find_problems_refuses_a_form_that_reaches_outside(birth: dict) -> None:
    birth["form"]["properties"]["child_name"] = {"title": "x", "$ref": "http://example.org/s"}
    assert ("form.properties.child_name.$ref", "content.form_refers_elsewhere") in codes(birth)


def test_find_problems_refuses_a_form_that_is_no_schema(birth: dict) -> None:
    birth["form"]["properties"]["child_name"]["type"] = "chữ"
    assert {code for _, code in codes(birth)} == {"content.form_not_a_schema"}


def test_find_problems_wants_an_order_of_all_fields(birth: dict) -> None:
    birth["form"]["x-order"].pop()
    assert codes(birth) == {("form.x-order", "content.form_order_incomplete")}


def test_find_problems_refuses_characters_that_no_row_can_hold(birth: dict) -> None:
    birth["name"] = "a\x00b"
    birth["executing"] = "\ud800"
    assert {("name", "content.bad_character"), ("executing", "content.bad_character")} <= codes(birth)


def test_find_problems_passes_on_what_the_process_checker_says(birth: dict) -> None:
    birth["process"]["bpmn"] = "<x/>"
    assert {problem.place.split(".")[0] for problem in find_problems(birth, check_process=check_process)} == {
        "process"
    }
    birth = deepcopy(NATIONAL["1.001193"].content)
    birth["process"]["id"] = "khac"
    assert [p.code for p in find_problems(birth, check_process=check_process)] == [
        "content.process_id_differs"
    ]


def test_ordered_fields_gives_the_fields_in_the_order_of_filling_in(birth: dict) -> None:
    names = [name for name, _ in ordered_fields(birth["form"])]
    assert names[:3] == ["child_name", "child_sex", "child_birth_date"]
    assert names[-1] == "result_mail"


def test_place_of_is_a_path_a_person_can_follow() -> None:
    assert place_of(["cases", 1, "limit"]) == "cases[1].limit"
    assert place_of([]) == "."
