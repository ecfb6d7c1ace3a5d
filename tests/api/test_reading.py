"""Following dossiers over the API, and what a tenant offers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from apps.dossiers import services
from apps.dossiers.models import Dossier
from tenants.registry.context import tenant_context


@pytest.fixture
def accept(gia_lai, actor, now):
    def run(public_id):
        with tenant_context(gia_lai):
            dossier = Dossier.objects.get(public_id=public_id)
            services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now + timedelta(minutes=10))

    return run


def test_read_follows_the_dossier(program, accept):
    made = program.create().json()
    accept(made["id"])
    read = program.get(f"dossiers/{made['id']}").json()
    assert read["status"] == {"code": 2, "name": "Được tiếp nhận"}
    assert read["due_at"] == "2026-11-23T17:00:00+07:00"
    assert read["accepted_at"] == "2026-11-23T09:10:00+07:00"


@pytest.mark.parametrize("part", ["", "/events", "/deadline"])
def test_read_knows_no_dossier_of_another_tenant(program, elsewhere, refused, part):
    theirs = elsewhere.create(receiving_unit="H26.101.01").json()["id"]
    assert elsewhere.get(f"dossiers/{theirs}{part}").status_code == 200
    refused(lambda: program.get(f"dossiers/{theirs}{part}"), 404, "dossier.absent")
    refused(lambda: program.get(f"dossiers/{uuid4()}{part}"), 404, "dossier.absent")


@pytest.mark.parametrize("part", ["", "/events", "/deadline"])
def test_read_knows_no_dossier_beyond_the_duty(program, make_program, refused, part):
    made = program.create().json()["id"]
    narrow = make_program(unit="H21.102").sign_in()
    refused(lambda: narrow.get(f"dossiers/{made}{part}"), 404, "dossier.absent")
    assert narrow.get("dossiers").json()["results"] == []


def test_an_id_that_is_none_is_absent(program, refused):
    refused(lambda: program.get("dossiers/123"), 404, "request.absent")


def test_events_tell_the_life_in_order(program, accept):
    made = program.create().json()
    accept(made["id"])
    body = program.get(f"dossiers/{made['id']}/events").json()
    actions = [row["action"] for row in body["results"]]
    assert actions[0] == "SUBMIT"
    assert "ACCEPT" in actions
    assert body["after"] is None
    first = body["results"][0]
    assert (first["actor"], first["after"]["code"]) == ("Phần mềm thử", made["code"])
    rest = program.get(f"dossiers/{made['id']}/events?after={first['id']}").json()["results"]
    assert rest == body["results"][1:]


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999"])
def test_events_refuse_a_cursor_that_is_none(program, refused, after):
    made = program.create().json()["id"]
    refused(lambda: program.get(f"dossiers/{made}/events?after={after}"), 422, "request.invalid", "after")


def test_deadline_explains_itself(program, accept):
    made = program.create().json()
    none_yet = program.get(f"dossiers/{made['id']}/deadline").json()
    assert none_yet == {"due_at": None, "sentences": [], "explanation": []}
    accept(made["id"])
    body = program.get(f"dossiers/{made['id']}/deadline").json()
    assert body["due_at"] == "2026-11-23T17:00:00+07:00"
    assert [line["kind"] for line in body["explanation"]][-1] == "DUE"
    assert len(body["sentences"]) == len(body["explanation"])
    assert any("17:00" in sentence for sentence in body["sentences"])


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(program, elsewhere, count, django_assert_max_num_queries):
    elsewhere.create(receiving_unit="H26.101.01")
    made = [program.create().json()["id"] for _ in range(count)]
    program.get("dossiers")
    with django_assert_max_num_queries(6):
        body = program.get("dossiers").json()
    assert [row["id"] for row in body["results"]] == made


def test_list_goes_on_behind_the_cursor(program):
    made = [program.create().json()["id"] for _ in range(5)]
    found, after, pages = [], "", 0
    while after is not None:
        body = program.get(f"dossiers?limit=2{f'&after={after}' if after else ''}").json()
        found += [row["id"] for row in body["results"]]
        after, pages = body["after"], pages + 1
    assert (found, pages) == (made, 3)


def test_list_filters(program, accept, clock):
    first = program.create().json()
    accept(first["id"])
    clock.shift(timedelta(days=2))
    program.sign_in()
    second = program.create(procedure_code="2.000635", answers=_EXTRACT, components=_EXTRACT_PAPERS).json()

    def ids(query):
        return [row["id"] for row in program.get(f"dossiers?{query}").json()["results"]]

    assert ids("") == [first["id"], second["id"]]
    assert ids("status=2") == [first["id"]]
    assert ids("status=10") == []
    assert ids("procedure_code=2.000635") == [second["id"]]
    assert ids(f"code={second['code']}") == [second["id"]]
    assert ids("submitted_from=2026-11-24T00:00:00%2B07:00") == [second["id"]]
    assert ids("submitted_to=2026-11-24T00:00:00%2B07:00") == [first["id"]]


_EXTRACT = {
    "extract_kind": "Giấy khai sinh",
    "person_name": "Nguyễn Văn Bình",
    "registered_at": "Ủy ban nhân dân phường Pleiku",
    "copies": 1,
}
_EXTRACT_PAPERS = [{"key": "to-khai", "originals": 1}]


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("status=11", "request.invalid", "status"),
        ("status=x", "request.invalid", "status"),
        ("limit=0", "request.invalid", "limit"),
        ("limit=101", "request.invalid", "limit"),
        ("submitted_from=hom-qua", "request.invalid", "submitted_from"),
        ("after=khong", "request.invalid", "after"),
        ("after=01930000-0000-7000-8000-000000000000", "dossier.cursor_invalid", "after"),
        ("code=%00", "request.invalid", "code"),
    ],
)
def test_list_refuses_a_filter_that_means_nothing(program, refused, query, code, field):
    refused(lambda: program.get(f"dossiers?{query}"), 422, code, field)


def test_a_cursor_of_another_tenant_means_nothing(program, elsewhere, refused):
    theirs = elsewhere.create(receiving_unit="H26.101.01").json()["id"]
    refused(lambda: program.get(f"dossiers?after={theirs}"), 422, "dossier.cursor_invalid", "after")


def test_procedures_tell_what_an_intake_needs(program):
    body = program.get("procedures").json()
    assert len(body["results"]) == 12
    birth = next(row for row in body["results"] if row["code"] == "1.001193")
    assert birth["channels"] == ["DIRECT", "ONLINE", "POSTAL"]
    assert [part["key"] for part in birth["components"] if part["required"]] == ["to-khai", "giay-chung-sinh"]
    assert "child_name" in birth["form"]["properties"]


def test_procedures_are_found_without_marks(program, refused):
    found = program.get("procedures?q=khai sinh").json()["results"]
    assert {row["code"] for row in found} == {"1.001193", "2.000635", "2.000986"}
    assert program.get("procedures?after=2.000986").json()["results"][0]["code"] == "2.001955"
    refused(lambda: program.get("procedures?q=%00"), 422, "request.invalid", "q")
