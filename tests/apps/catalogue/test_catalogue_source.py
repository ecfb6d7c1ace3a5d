"""Reading the national database's records: streamed, bounded, every problem named, nothing guessed."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from apps.catalogue.enums import FindingKind
from apps.catalogue.source_findings import find_findings
from apps.catalogue.source_reader import Unreadable, read_records
from apps.catalogue.source_record import record_problems, to_content
from tests.apps.catalogue.catalogue_records import RECORD, record


def kinds(changed: dict) -> Counter:
    return Counter(finding.kind for finding in find_findings(changed))


def read(text: str | bytes) -> list:
    return list(read_records(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def test_record_problems_finds_nothing_in_a_sound_record() -> None:
    assert record_problems(record()) == []


def test_find_findings_of_a_clean_record_asks_only_for_its_limit() -> None:
    assert kinds(record()) == {FindingKind.LIMIT_UNCONFIRMED: 1}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"cases": [{"code": "a", "name": "n", "qty": 1, "type": "OTHER"}]}, FindingKind.NO_USABLE_LIMIT),
        ({"cases": [{"code": "a", "name": "n", "qty": 0, "type": "DAY"}]}, FindingKind.NO_USABLE_LIMIT),
        ({"cases": []}, FindingKind.NO_USABLE_LIMIT),
        ({"cases": [{"code": "a", "name": "n", "qty": 20, "type": "DAY"}]}, FindingKind.CONFLICTING_LIMITS),
        ({"cases": [RECORD["cases"][0], RECORD["cases"][0]]}, FindingKind.DUPLICATE_CASE),
        ({"documents": []}, FindingKind.NO_COMPONENTS),
        ({"documents": [{**RECORD["documents"][0], "required": False}]}, FindingKind.ALL_COMPONENTS_OPTIONAL),
        ({"documents": [{**RECORD["documents"][0], "original": 0}, RECORD["documents"][0]]},
         FindingKind.ZERO_QUANTITY),
        ({"documents": [RECORD["documents"][0]] * 2}, FindingKind.DUPLICATE_COMPONENT),
        ({"channels": [{**RECORD["channels"][0], "fees": [{"type": "FEE", "value": 0}]}]},
         FindingKind.ZERO_FEE),
        ({"channels": [{**RECORD["channels"][0], "fees": []}]}, FindingKind.FEE_NOT_STATED),
        ({"channels": [{**RECORD["channels"][0], "fees": [{"type": "FEE", "value": 100}]}]},
         FindingKind.UNLIKELY_FEE),
        ({"channels": [{**RECORD["channels"][0], "fees": RECORD["channels"][0]["fees"] * 2}]},
         FindingKind.SEVERAL_FEES),
        ({"field": None}, FindingKind.FIELD_MISSING),
        ({"executing": []}, FindingKind.EXECUTING_MISSING),
        ({"levels": {"province": True, "ward": True}}, FindingKind.LEVEL_UNCLEAR),
        ({"subjects": ["XX"]}, FindingKind.SUBJECTS_UNCLEAR),
    ],
)  # fmt: skip
def test_find_findings_flags_what_a_person_must_confirm(changes: dict, kind: FindingKind) -> None:
    assert kind in kinds(record(**changes))


def test_to_content_leaves_out_what_the_record_does_not_say() -> None:
    content = to_content(record(field=None, cases=[{"code": "a", "name": "n", "qty": 1, "type": "OTHER"}]))
    assert "field" not in content
    assert content["cases"][0]["limit"] == {
        "source_text": "a: 1 OTHER; DIRECT: 3 WORKING_DAY",
        "confirmed": False,
    }


def test_to_content_takes_a_stray_space_off_the_code() -> None:
    assert record_problems(record(code=" 1.000001")) == []
    assert to_content(record(code=" 1.000001"))["code"] == "1.000001"


def test_record_problems_names_every_place() -> None:
    found = record_problems(record(code="x", name="", documents=[{"code": "a"}], channels="no"))
    assert [problem.place for problem in found] == ["channels", "code", "documents[0]", "name"]


@pytest.mark.parametrize("nonsense", [None, 3, "x", [], [[]]])
def test_record_problems_refuses_what_is_no_record(nonsense: object) -> None:
    assert record_problems(nonsense)


def test_read_records_reads_a_file_longer_than_its_window() -> None:
    text = json.dumps(
        {"source": "x", "procedures": [record(note="ă" * 100_000) for _ in range(5)], "n": 12.5}
    )
    assert [index for index, _ in read(text)] == [0, 1, 2, 3, 4]
    assert [index for index, _ in read(json.dumps(json.loads(text), ensure_ascii=False))] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "."),
        ("3", "."),
        ("[{}", "procedures[0]"),
        ('[{"a": 1e999}]', "procedures[0]"),
        ('[{"a": ' + "9" * 5000 + "}]", "procedures[0]"),
        ("{", "."),
        ('{"a": 1}', "procedures"),
        ('{"procedures": {}}', "procedures"),
        ('{"procedures": [{}', "procedures[0]"),
        ('{"procedures": [{}, {"a": NaN}]}', "procedures[1]"),
        ('{"procedures": [{}, tru]}', "procedures[1]"),
        ('{"procedures": []} extra', "."),
        ('{"procedures": [{}]', "."),
        ('{"procedures": [' + "[" * 100_000, "procedures[0]"),
        (b'{"procedures": ["\xff\xfe"]}', "."),
    ],
)
def test_read_records_says_where_a_file_cannot_be_read(text: str | bytes, place: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(text)
    assert refusal.value.place == place


def test_read_records_reads_a_list_and_a_record_alone() -> None:
    assert read(json.dumps([{"code": "a"}, {"code": "b"}])) == [(0, {"code": "a"}), (1, {"code": "b"})]
    assert read(json.dumps({"code": "a", "name": "n"})) == [(0, {"code": "a", "name": "n"})]
    assert read("[]") == []


def test_record_problems_refuses_what_is_nested_to_wear_out_the_stack() -> None:
    deep: object = "x"
    for _ in range(900):
        deep = [deep]
    assert [problem.code for problem in record_problems(record(extra=deep))] == ["import.too_deep"]
    assert record_problems(record(legal_basis=["x"] * 1000)) == []


def test_read_records_stops_at_a_record_that_never_ends() -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b'{"procedures":["' if self.given == size else b"a" * size

    stream = Endless()
    with pytest.raises(Unreadable):
        list(read_records(stream))  # type: ignore[arg-type]
    assert stream.given < 4 * 1024 * 1024


REAL = Path(__file__).resolve().parents[4] / "shared" / "domain" / "procedure_templates.json"


@pytest.mark.skipif(not REAL.exists(), reason="the facts folder is not on this machine")
def test_real_records_are_sound_and_their_known_traps_are_found() -> None:
    with REAL.open("rb") as stream:
        records = {value["code"]: value for _, value in read_records(stream)}
    assert len(records) == 30
    assert [problem for value in records.values() for problem in record_problems(value)] == []
    assert FindingKind.UNLIKELY_FEE in kinds(records["2.001610"])
    assert kinds(records["1.013225"])[FindingKind.CONFLICTING_LIMITS] == 1
    assert kinds(records["1.001022"])[FindingKind.NO_USABLE_LIMIT] == 2
    assert all(FindingKind.ALL_COMPONENTS_OPTIONAL in kinds(value) for value in records.values())
