"""Bad input over the API: a clear sentence, a stable code, and nothing has changed."""

import copy

import pytest
from django.utils import timezone

from apps.procedures.models import AdoptedVersion
from apps.procedures.record import Record
from apps.procedures.services import set_record_system
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tests.api.conftest import BODY, make_body


def _submitter(**changed):
    parties = copy.deepcopy(BODY["parties"])
    parties[0].update(changed)
    return {"parties": parties}


def _answers(**changed):
    return {"answers": {**BODY["answers"], **changed}}


REFUSALS = [
    ({"procedure_code": "9.999999"}, "dossier.procedure_unknown", "procedure_code"),
    ({"case_code": "1.001193.99"}, "dossier.case_unknown", "case_code"),
    ({"receiving_unit": "H21.999"}, "dossier.unit_does_not_receive", "receiving_unit"),
    ({"receiving_unit": "H21.15"}, "dossier.unit_does_not_receive", "receiving_unit"),
    ({"receiving_unit": "H26.101.01"}, "dossier.unit_does_not_receive", "receiving_unit"),
    ({"components": BODY["components"][:1]}, "dossier.component_missing", "components.giay-chung-sinh"),
    ({"components": [*BODY["components"], {"key": "la"}]}, "dossier.component_unknown", "components.la"),
    ({"components": BODY["components"] * 2}, "dossier.component_repeated", "components.to-khai"),
    (
        {"components": [{"key": "to-khai", "originals": -1}, BODY["components"][1]]},
        "dossier.quantity_invalid",
        "components.to-khai",
    ),
    (
        {
            "components": [
                {"key": "to-khai", "file_ids": ["01930000-0000-7000-8000-000000000000"]},
                BODY["components"][1],
            ]
        },
        "dossier.file_unknown",
        "components",
    ),
    ({"parties": BODY["parties"][:1]}, "dossier.party_missing", "owner"),
    ({"parties": []}, "dossier.party_missing", "submitter"),
    ({"parties": BODY["parties"] * 2}, "dossier.party_repeated", "submitter"),
    (_submitter(name="  "), "dossier.name_missing", "submitter.name"),
    (_submitter(identity_number="123"), "dossier.identity_number_invalid", "submitter.identity_number"),
    (
        _submitter(identity_number="999090001234"),
        "dossier.identity_number_invalid",
        "submitter.identity_number",
    ),
    (_submitter(identity_number=""), "dossier.identity_number_invalid", "submitter.identity_number"),
    (
        _submitter(kind="BUSINESS", identity_number="1"),
        "dossier.tax_code_invalid",
        "submitter.identity_number",
    ),
    (_submitter(birth_date="2030-01-01"), "dossier.date_invalid", "submitter.birth_date"),
    (_submitter(birth_date="30/02/2020"), "request.invalid", "parties.0.birth_date"),
    (_submitter(phone="12"), "dossier.phone_invalid", "submitter.phone"),
    (_submitter(email="binh"), "dossier.email_invalid", "submitter.email"),
    (_submitter(role="KING"), "request.invalid", "parties.0.role"),
    (_submitter(name="A\u0000"), "request.invalid", "parties.0.name"),
    (_answers(child_birth_date="hôm qua"), "dossier.form_invalid", "answers.child_birth_date"),
    (_answers(child_sex="Khác"), "dossier.form_invalid", "answers.child_sex"),
    (_answers(child_name=5), "dossier.form_invalid", "answers.child_name"),
    ({"answers": {}}, "dossier.form_invalid", "answers.child_name"),
    (_answers(child_name="A\u0000"), "request.invalid", "answers"),
    (_answers(child_name="\ud800"), "request.invalid", "answers"),
    ({"channel": "FAX"}, "request.invalid", "channel"),
    ({"copies": 0}, "dossier.quantity_invalid", "copies"),
    ({"copies": 10**30}, "dossier.quantity_invalid", "copies"),
    ({"exempt_group": "ho-ngheo"}, "dossier.exempt_group_unknown", "exempt_group"),
    ({"exempt_group": 5}, "dossier.exempt_group_unknown", "exempt_group"),
    ({"foreign_code": "ABC"}, "dossier.code_invalid", "foreign_code"),
    ({"procedure_code": None}, "request.invalid", "procedure_code"),
]


@pytest.mark.parametrize(
    ("changed", "code", "field"), REFUSALS, ids=[f"{row[1]}:{row[2]}" for row in REFUSALS]
)
def test_create_refuses_and_changes_nothing(program, refused, changed, code, field):
    told = refused(lambda: program.create(**changed), 422, code, field)
    assert told.answer["X-Incident-Id"]


def test_create_tells_everything_that_is_wrong_at_once(program, refused):
    told = refused(
        lambda: program.create(**_submitter(phone="12", identity_number="1"), components=[]),
        422,
        "dossier.identity_number_invalid",
    )
    assert {row["code"] for row in told.errors} >= {
        "dossier.identity_number_invalid",
        "dossier.phone_invalid",
        "dossier.component_missing",
    }


def test_create_refuses_a_channel_that_the_procedure_has_not(program, refused):
    refused(
        lambda: program.create(procedure_code="2.000815", case_code="2.000815.01", channel="POSTAL"),
        422,
        "dossier.channel_not_open",
        field="channel",
    )


def test_create_refuses_a_retired_procedure(program, refused, gia_lai):
    with tenant_context(gia_lai):
        AdoptedVersion.objects.filter(procedure_code="1.001193").update(in_force_to=timezone.localdate())
    refused(lambda: program.create(), 422, "dossier.procedure_unknown", "procedure_code")


@pytest.mark.parametrize("body", ["", "{", "[]", "5", '"x"', "null", '{"answers": NaN}'])
def test_create_refuses_what_is_no_json_object(program, refused, body):
    before = program.post("dossiers", body, **{"Idempotency-Key": "k"})
    assert before.status_code in (400, 422)
    code = {400: "request.parse_error", 422: "request.invalid"}[before.status_code]
    refused(lambda: program.post("dossiers", body, **{"Idempotency-Key": "k"}), before.status_code, code)


def test_create_refuses_another_kind_of_content(program, refused):
    def ask():
        return program.http.post("/api/v1/dossiers", make_body(), headers=program._headers({}))

    refused(ask, 415, "request.unsupported_media_type")


def test_a_refusal_speaks_vietnamese_unless_english_is_asked_for(program, refused):
    def ask(language):
        return lambda: program.post(
            "dossiers", make_body(components=[]), **{"Idempotency-Key": "k", "Accept-Language": language}
        )

    vietnamese = refused(ask("fr"), 422, "dossier.component_missing")
    assert "Thiếu giấy tờ bắt buộc" in vietnamese.detail
    english = refused(ask("en"), 422, "dossier.component_missing")
    assert english.detail != vietnamese.detail
    assert "Thiếu" not in english.detail


def test_an_unexpected_error_names_an_incident_and_nothing_of_what_was_sent(
    program, written, gia_lai, monkeypatch
):
    """The only thing put in the place of ours in these tests: something has to break."""

    def broken(**given):
        raise RuntimeError("Nguyễn Văn Bình 052090001234")

    monkeypatch.setattr("api.v1.dossiers.views.submit", broken)
    before = written()
    answer = program.create()
    body = answer.json()
    assert (answer.status_code, body["code"]) == (500, "request.failed")
    assert answer["Content-Type"] == "application/problem+json"
    assert body["incident"] == answer["X-Incident-Id"]
    assert body["incident"] in body["detail"]
    assert "052090001234" not in answer.content.decode()
    assert written() == before


def test_create_refuses_what_is_handled_in_another_system(program, refused, gia_lai, now):
    with tenant_context(gia_lai):
        set_record_system(
            code=BODY["procedure_code"],
            record=Record(system="NATIONAL", name="Cổng hộ tịch", address="https://hotich.example.vn/"),
            ground="Công văn 15/BTP-HT",
            by=SYSTEM,
            now=timezone.now(),
        )
    told = refused(lambda: program.create(), 409, "procedure.handled_elsewhere")
    assert "https://hotich.example.vn/" in told.detail
