"""The portal's own detail JSON: the same procedure as in our form, whatever it writes three in."""

import io
import json
from copy import deepcopy

import pytest

from apps.catalogue import services
from apps.catalogue.errors import ImportRefused
from apps.catalogue.models import TemplateVersion
from apps.catalogue.source_portal import from_portal, is_portal_record
from apps.catalogue.source_record import read_record, record_problems
from tests.apps.catalogue.catalogue_records import RECORD

COMPONENT = {
    "profileComponentId": "019d", "code": "G15-KQ1", "name": "Tờ khai", "originalQty": 1, "copyQty": 0,
    "required": True, "hasElectronicForm": False, "isProcessingResult": False, "attachments": [],
}  # fmt: skip
RAW = {
    "id": "019d2bbb-69ee-7079-a6b4-536173b5e483",
    "code": "1.000001",
    "name": "Thủ tục thử",
    "state": "ACTIVE",
    "type": "STANDARD",
    "isMinistry": False, "isProvince": False, "isWard": True, "isNonTerritorial": False,
    "categoriesDetails": [{"id": "x", "code": "G15-TP07", "name": "Hộ tịch"}],
    "departmentPromulgateDetails": {"code": "G15", "name": "Bộ Tư pháp"},
    "unitGroupsExecutingDetails": [{"code": "x", "name": "Ủy ban nhân dân cấp xã"}],
    "subjectTypesDetails": [{"code": "ĐT1", "name": "Công dân Việt Nam"}],
    "legalBasisesDetails": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
    "resultsDetails": [{"code": "KQ.1", "name": "Kết quả"}],
    "executionMethods": [
        {"submissionMethod": "DIRECT", "processingTime": "3", "processingTimeUnit": "WORKING_DAY",
         "description": None, "fees": [{"type": "FEE", "value": 8000.0, "currencyId": "VND"}]},
    ],
    "executionCases": [
        {"name": "Thử", "profileComponents": [COMPONENT]},
        {"name": "Thử nữa", "profileComponents": [COMPONENT]},
    ],
    "cases": [{"id": "c", "code": "1.000001.01", "name": "Thử", "processingDay": {"qty": 3, "type": "WORKING_DAY"},
               "profileComponents": []}],
    "executionSteps": [{"name": "Bước 1", "description": "…"}],
    "createdAt": 1752800000000,
}  # fmt: skip


def raw(**changes: object) -> dict:
    return {**deepcopy(RAW), **changes}


def test_from_portal_says_the_same_as_our_own_form() -> None:
    assert is_portal_record(RAW)
    assert not is_portal_record(RECORD)
    expected = {**RECORD, "levels": {**RECORD["levels"], "vertical": False}}
    assert read_record(raw()) == expected
    assert read_record(RECORD) is RECORD


def test_from_portal_reads_papers_of_cases_where_no_execution_case_has_any() -> None:
    cases = [{**RAW["cases"][0], "profileComponents": [COMPONENT]}]
    assert from_portal(raw(executionCases=[], cases=cases))["documents"] == RECORD["documents"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": None}, "code"),
        ({"executionMethods": "x"}, "channels"),
        ({"executionMethods": ["x"]}, "channels[0]"),
        ({"executionMethods": [{"submissionMethod": "FAX"}]}, "channels[0].method"),
        ({"cases": [{"code": "a", "name": "n", "processingDay": {"qty": "ba", "type": "DAY"}}]}, "cases[0].qty"),
        ({"cases": [{"code": "a", "name": "n", "processingDay": {"qty": 2.5, "type": "DAY"}}]}, "cases[0].qty"),
        ({"executionCases": [{"profileComponents": [{**COMPONENT, "originalQty": 10**12}]}]}, "documents[0].original"),
        ({"executionCases": [{"profileComponents": [{**COMPONENT, "required": "có"}]}]}, "documents[0].required"),
        ({"resultsDetails": [3]}, "results[0]"),
        ({"departmentPromulgateDetails": {"code": "G15"}}, "promulgator"),
    ],
)  # fmt: skip
def test_from_portal_leaves_what_is_strange_to_the_check(changes: dict, place: str) -> None:
    assert place in {problem.place for problem in record_problems(read_record(raw(**changes)))}


@pytest.mark.usefixtures("central")
@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one], lambda one: {"procedures": [one]}])
def test_import_catalogue_reads_the_portals_records_one_or_many(operator, now, wrap) -> None:
    stream = io.BytesIO(json.dumps(wrap(raw())).encode())
    (row,) = services.import_catalogue(stream=stream, by=operator, now=now)
    assert (row.code, row.outcome) == ("1.000001", "CREATED")
    content = TemplateVersion.objects.get().content
    assert (content["level"], content["subjects"]) == ("COMMUNE", ["CITIZEN"])
    assert [component["name"] for component in content["components"]] == ["Tờ khai"]


@pytest.mark.usefixtures("central")
def test_import_catalogue_knows_the_same_procedure_in_both_forms(operator, now) -> None:
    ours = {**RECORD, "levels": {**RECORD["levels"], "vertical": False}}
    for one, outcome in ((raw(), "CREATED"), (ours, "UNCHANGED")):
        stream = io.BytesIO(json.dumps([one]).encode())
        assert [row.outcome for row in services.import_catalogue(stream=stream, by=operator, now=now)] == [
            outcome
        ]


@pytest.mark.usefixtures("central")
def test_import_catalogue_refuses_a_portal_file_with_every_problem(operator, now) -> None:
    stream = io.BytesIO(json.dumps([raw(code=None), raw(), raw(), 3]).encode())
    with pytest.raises(ImportRefused) as refusal:
        services.import_catalogue(stream=stream, by=operator, now=now)
    assert [problem.place for problem in refusal.value.problems] == [
        "procedures[0].code",
        "procedures[2].code",
        "procedures[3]",
    ]
    assert not TemplateVersion.objects.exists()
