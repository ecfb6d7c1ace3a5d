"""Handing in over the API, once."""

import json

from django.conf import settings

from apps.audit.models import Entry
from apps.catalogue import selectors as catalogue
from apps.dossiers.models import Dossier, Party
from apps.dossiers.services import accept
from apps.procedures.services import adopt
from kernel.actors import SYSTEM
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import tenant_context
from tests.api.conftest import make_body


def test_create_hands_a_dossier_in(program, gia_lai):
    answer = program.create("khoa-1")
    assert answer.status_code == 201, answer.content.decode()
    body = answer.json()
    assert body["code"] == "H21.101.01-261123-0001"
    assert body["status"] == {"code": 1, "name": "Mới đăng ký"}
    assert (body["receiving_unit"], body["competent_unit"]) == ("H21.101.01", "H21.101")
    assert body["tracking_url"] == "http://gialai.localhost/tra-cuu"
    assert len(body["secret"]) == 8
    assert answer["Location"] == f"/api/v1/dossiers/{body['id']}"
    with tenant_context(gia_lai):
        dossier = Dossier.objects.get(public_id=body["id"])
        assert dossier.channel == "ONLINE"
        assert {party.name for party in Party.objects.filter(dossier=dossier)} == {"Nguyễn Văn Bình"}
        entry = Entry.objects.get(subject_type="dossier", subject_id=dossier.id)
        assert (entry.action, entry.actor_kind, entry.actor_name) == ("SUBMIT", "CLIENT", "Phần mềm thử")
        assert OutboxEvent.objects.filter(name="dossier.submitted").count() == 1


def test_create_says_its_secret_only_once(program):
    made = program.create().json()
    read = program.get(f"dossiers/{made['id']}").json()
    assert read.pop("fees")["total"] == 0
    assert {name: made[name] for name in read} == read
    assert "secret" not in read


def test_the_same_key_again_gives_the_same_answer_and_one_dossier(program, written):
    first = program.create("khoa-2")
    after_first = written()
    again = program.create("khoa-2")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert written() == after_first


def test_the_same_key_with_the_members_in_another_order_is_the_same_request(program):
    first = program.create("khoa-3")
    turned = json.dumps(dict(reversed(make_body().items())), indent=2)
    again = program.post("dossiers", turned, **{"Idempotency-Key": "khoa-3"})
    assert again.json() == first.json()


def test_the_same_key_with_another_body_is_refused(program, refused):
    program.create("khoa-4")
    refused(
        lambda: program.create("khoa-4", copies=2),
        422,
        "request.idempotency_key_reused",
        field="Idempotency-Key",
    )


def test_the_key_of_a_refused_request_is_free_again(program, refused):
    refused(lambda: program.create("khoa-5", components=[]), 422, "dossier.component_missing")
    assert program.create("khoa-5").status_code == 201


def test_a_key_belongs_to_its_client_and_tenant(program, make_program, elsewhere):
    ours = program.create("khoa-6").json()["id"]
    others = make_program().sign_in().create("khoa-6").json()["id"]
    there = elsewhere.create("khoa-6", receiving_unit="H26.101.01").json()["id"]
    assert len({ours, others, there}) == 3


def test_a_key_is_needed(program, refused):
    refused(
        lambda: program.post("dossiers", make_body()),
        422,
        "request.idempotency_key_invalid",
        field="Idempotency-Key",
    )
    refused(lambda: program.create("x" * 129), 422, "request.idempotency_key_invalid")


def test_a_foreign_code_is_kept_and_used_once(program, refused):
    code = "000.00.60.H21-261123-0007"
    assert program.create(foreign_code=code).json()["code"] == code
    refused(lambda: program.create(foreign_code=code), 409, "dossier.code_taken", field="foreign_code")


def test_create_costs_at_most_sixteen_statements_of_the_domain(program, django_assert_max_num_queries):
    program.create()
    # Sixteen of the domain (the bench counts them), the token, the actor, and the tenant on the way in and out.
    with django_assert_max_num_queries(22):
        assert program.create().status_code == 201


def test_a_program_hands_in_only_where_it_has_the_duty(make_program, refused):
    narrow = make_program(unit="H21.102").sign_in()
    refused(lambda: narrow.create(), 403, "dossier.duty_missing")
    assert narrow.create(receiving_unit="H21.102.01").status_code == 201


def test_the_example_of_the_readme_is_taken(program):
    example = json.loads((settings.ROOT / "docs" / "api" / "khai-sinh.json").read_text())
    answer = program.create(**{**example, "receiving_unit": "H21.101.01"})
    assert answer.status_code == 201, answer.content.decode()


def test_a_group_that_is_spared_is_a_claim_until_a_clerk_says_so(program, gia_lai, actor, now):
    with tenant_context(gia_lai):
        template = catalogue.find_newest_published("1.000656")
        fee = {"slot": "fee", "key": template.content["fees"][0]["key"], "amount": 8000, "ground": "NQ 7"}
        poor = {"key": "ho-ngheo", "name": "Hộ nghèo", "legal_ground": "Điều 3 NQ 7/2026/NQ-HĐND"}
        adopt(
            template_version_id=template.public_id,
            overrides=[{**fee, "exempt_groups": [poor]}],
            by=SYSTEM,
            now=now,
        )
    made = program.create(
        procedure_code="1.000656",
        case_code="1.000656.02",
        exempt_group="ho-ngheo",
        components=[{"key": "to-khai", "originals": 1}, {"key": "giay-bao-tu", "originals": 1}],
        answers={
            "deceased_name": "Nguyễn Văn Cả",
            "deceased_sex": "Nam",
            "deceased_residence": "Phường Pleiku, tỉnh Gia Lai",
            "death_date": "2026-11-20",
            "death_place": "Tại nhà",
            "requester_relation": "Con",
        },
    ).json()
    fees = program.get(f"dossiers/{made['id']}").json()["fees"]
    assert (fees["total"], fees["outstanding"], fees["exemption"]["state"]) == (8000, 8000, "CLAIMED")
    with tenant_context(gia_lai):
        dossier = Dossier.objects.get(public_id=made["id"])
        accept(dossier_id=dossier.id, exempt_group="ho-ngheo", by=actor("tiepnhan"), now=now)
    fees = program.get(f"dossiers/{made['id']}").json()["fees"]
    assert fees["exemption"] == {
        "group": "ho-ngheo",
        "name": "Hộ nghèo",
        "legal_ground": "Điều 3 NQ 7/2026/NQ-HĐND",
        "state": "CONFIRMED",
    }
    assert (fees["total"], fees["lines"][0]["exempt_ground"]) == (0, "Điều 3 NQ 7/2026/NQ-HĐND")
