"""What people and programs get at the door, by the tenant's state; two hosts, real commits where it writes."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from kernel.http.models import IdempotencyKey
from tenants.registry.context import central_context, tenant_context
from tenants.registry.minimum import get_minimum_release, set_minimum_release
from tenants.registry.models import Domain, Tenant
from tenants.registry.places import forget_hosts
from tests.furniture import PASSWORD, furnish_tenant

PEOPLE, PROGRAM = "/thu-tuc/", "/api/v1/procedures"
NOTICE = "Nghỉ để kiểm kê dữ liệu đến hết ngày 30/11."


@pytest.fixture
def set_state(gia_lai, ha_noi):
    """Gia Lai into a state; Hà Nội stays as it is."""

    def set_to(state, **others):
        with central_context():
            Tenant.objects.filter(code="H21").update(state=state, notice=NOTICE, **others)
        forget_hosts()

    return set_to


@pytest.fixture
def here():
    return Client(HTTP_HOST="gialai.localhost")


def _statements(work):
    with CaptureQueriesContext(connection) as made:
        answer = work()
    return answer, [one["sql"] for one in made.captured_queries if "registry_" not in one["sql"]]


def _problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return json.loads(answer.content)


@pytest.mark.parametrize(
    ("state", "status", "code", "title"),
    [
        ("PREPARING", 503, "tenant.not_yet", "chưa mở"),
        ("SUSPENDED", 503, "tenant.closed", "Đang tạm ngừng"),
        ("RETIRED", 410, "tenant.gone", "Đã thôi hoạt động"),
    ],
)
def test_a_shut_door_is_told_in_words_and_touches_no_schema(set_state, here, now, state, status, code, title):
    set_state(state, retired_at=now if state == "RETIRED" else None)
    for method in ("get", "post"):
        answer, made = _statements(lambda method=method: getattr(here, method)(PEOPLE))
        page = answer.content.decode()
        assert answer.status_code == status
        assert title in page
        assert NOTICE in page
        assert answer["Content-Security-Policy"]
        assert [sql for sql in made if "set_config" not in sql] == []
        answer, made = _statements(lambda method=method: getattr(here, method)(PROGRAM))
        problem = _problem(answer)
        assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
        assert NOTICE in problem["detail"]
        assert ("Retry-After" in answer) == (status == 503)
        assert [sql for sql in made if "set_config" not in sql] == []
    other = Client(HTTP_HOST="hanoi.localhost")
    assert other.get(PEOPLE).status_code == 200
    assert other.get(PROGRAM).status_code == 401


def test_a_tenant_being_prepared_lets_its_own_people_in(set_state, here):
    set_state("PREPARING")
    assert here.get("/sign-in/").status_code == 200
    for path in ("/desk/", "/setup/"):
        assert here.get(path)["Location"].startswith("/sign-in/")
    assert "/sign-in/" in here.get("/").content.decode()


def test_the_shut_page_is_english_for_who_chose_it(set_state, here):
    set_state("SUSPENDED")
    here.cookies["django_language"] = "en"
    assert '<html lang="en"' in here.get("/").content.decode()
    assert _problem(here.get(PROGRAM, HTTP_ACCEPT_LANGUAGE="en"))["code"] == "tenant.closed"


def test_a_schema_older_than_the_code_serves_gets_a_page_of_its_own(set_state, here):
    """Only that tenant: Hà Nội, whose schema is new enough, goes on."""
    set_state("READY", release=1)
    with central_context():
        Tenant.objects.filter(code="H26").update(release=9)
    before = get_minimum_release()
    set_minimum_release(lambda: 2)
    try:
        answer, made = _statements(lambda: here.get("/"))
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "Đang nâng cấp" in answer.content.decode()
        assert [sql for sql in made if "set_config" not in sql] == []
        assert here.get("/desk/").status_code == 503
        assert _problem(here.get(PROGRAM))["code"] == "tenant.upgrading"
        assert Client(HTTP_HOST="hanoi.localhost").get("/").status_code == 200
        assert Client(HTTP_HOST="localhost").get("/").status_code == 302
    finally:
        set_minimum_release(lambda: before)


def test_the_minimum_is_the_newest_manifests(db):
    from tenants.releases.manifests import get_minimum_of_code, get_number, newest_manifest

    assert get_minimum_of_code() == get_number(newest_manifest().needs_schema_from) >= 1


@pytest.fixture
def old_host(gia_lai):
    with central_context():
        Domain.objects.create(domain="pleiku.localhost", tenant=gia_lai, is_primary=False, redirects=True)
    forget_hosts()
    return Client(HTTP_HOST="pleiku.localhost")


def test_an_address_of_before_sends_on_and_keeps_path_and_query(old_host):
    answer = old_host.get("/thu-tuc/?q=khai%20sinh&page=2")
    assert answer.status_code == 301
    assert answer["Location"] == "http://gialai.localhost:8000/thu-tuc/?q=khai%20sinh&page=2"
    assert old_host.head("/desk/").status_code == 301
    answer = old_host.get("//evil.example/x")
    assert answer["Location"].startswith("http://gialai.localhost:8000/")
    program = old_host.post(f"{PROGRAM}?a=1", b"{}", content_type="application/json")
    assert program.status_code == 308
    assert program["Location"] == f"http://gialai.localhost:8000{PROGRAM}?a=1"


def test_a_form_sent_to_an_address_of_before_is_handed_back(old_host):
    """The page's own policy forbids a form to be carried to another host, and the session does not go with it."""
    answer = old_host.post("/desk/intake/1.001193/", {"full_name": "Rơ Châm H’Bin", "password": "bí mật"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "http://gialai.localhost:8000/desk/intake/1.001193/" in page
    assert "Rơ Châm H’Bin" in page
    assert "bí mật" not in page
    assert "Gửi lại" not in page


def test_a_predecessor_sends_on_to_its_successor(set_state, here, ha_noi, now):
    set_state("RETIRED", retired_at=now, successor=ha_noi)
    answer = here.get("/thu-tuc/?q=a")
    assert answer.status_code == 301
    assert answer["Location"] == "http://hanoi.localhost:8000/thu-tuc/?q=a"
    assert here.post("/desk/x/", {"a": "đã nhập"}).status_code == 410
    for answer in (here.get(PROGRAM), here.post(PROGRAM)):
        problem = _problem(answer)
        assert (answer.status_code, problem["code"]) == (410, "tenant.succeeded")
        assert problem["successor"] == f"http://hanoi.localhost:8000{PROGRAM}"


@pytest.fixture
def looked_at(throwaway_tenant, now):
    """A furnished tenant that may only be read, with real commits; a client that is signed out."""
    furnish_tenant(throwaway_tenant, now)
    with central_context():
        Tenant.objects.filter(id=throwaway_tenant.id).update(state="READ_ONLY", notice=NOTICE)
    forget_hosts()
    connection.close()
    return Client(HTTP_HOST=f"{throwaway_tenant.schema_name}.localhost")


def _sign_in(client):
    answer = client.post("/sign-in/", {"username": "quantri", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_reading_goes_on_while_only_reading_is_open(looked_at):
    """Every page that a signed-in person opens without sending anything, and out again."""
    _sign_in(looked_at)
    for path in ("/", "/thu-tuc/", "/tra-cuu", "/desk/", "/setup/", "/setup/units/", "/setup/staff/"):
        assert looked_at.get(path).status_code == 200, path
    assert looked_at.post("/theme/", {"theme": "dark"}).status_code == 302
    assert looked_at.post("/tra-cuu", {"code": "a", "secret": "b"}).status_code == 422
    assert looked_at.post("/sign-out/").status_code == 302
    assert looked_at.get("/desk/").status_code == 302


def test_writing_is_refused_and_what_was_typed_is_handed_back(looked_at, throwaway_tenant):
    _sign_in(looked_at)
    with tenant_context(throwaway_tenant):
        before = User.objects.count()
    form = {"username": "moi", "full_name": "Siu Y Mới", "password": "bi-mat-2026"}
    answer = looked_at.post("/setup/staff/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "900"
    assert "Lúc này chỉ xem được" in page
    assert NOTICE in page
    assert 'value="Siu Y Mới"' in page
    assert "bi-mat-2026" not in page
    partial = looked_at.post("/setup/staff/new/", form, HTTP_HX_REQUEST="true")
    assert partial["HX-Retarget"] == "#notices"
    assert "<html" not in partial.content.decode()
    problem = looked_at.post("/api/v1/dossiers", b"{}", content_type="application/json")
    assert _problem(problem)["code"] == "tenant.not_now"
    with tenant_context(throwaway_tenant):
        assert User.objects.count() == before


def test_a_way_of_writing_that_was_forgotten_is_stopped_by_the_database(
    looked_at, throwaway_tenant, settings
):
    """With ``_rights`` giving LOOK no bounds and ``_GUARDED`` empty both addresses write and answer 200."""
    settings.ROOT_URLCONF = "tests.platform.project.forgetful_urls"
    page = looked_at.get("/quen")
    assert page.status_code == 503
    assert "Lúc này chỉ xem được" in page.content.decode()
    program = looked_at.get("/api/v1/quen")
    assert (program.status_code, program["Retry-After"]) == (503, "900")
    assert _problem(program)["code"] == "tenant.not_now"
    with tenant_context(throwaway_tenant):
        assert IdempotencyKey.objects.count() == 0


def test_the_guard_costs_a_tenant_that_works_no_statement(gia_lai, here):
    here.get("/")
    _, made = _statements(lambda: here.get("/"))
    assert [sql for sql in made if "TRANSACTION" in sql] == []
    # Who lives at an address is asked for once a second, at the centre: that one is not the guard's.
    assert len([sql for sql in made if "set_config" in sql and gia_lai.schema_name in sql]) == 1
