"""The table of what a host answers, cell by cell."""

import pytest

from tenants.registry.enums import TenantState
from tenants.registry.standing import (
    ANSWERS,
    PASSES,
    Answer,
    Door,
    Paths,
    Visit,
    answer_for,
    runs_tasks,
    visit_of,
)

PATHS = Paths(
    staff=("/desk/", "/sign-in/", "/sign-out/", "/theme/"),
    staff_signs=("/sign-in/", "/sign-out/"),
    program_signs=("/api/v1/oauth2/token",),
    reading_posts=("/theme/", "/tra-cuu"),
)
EXPECTED = [
    # state, staff signs in, reads, writes, a program asks for its token, the public reads, writes
    ("READY", "OPEN", "OPEN", "OPEN", "OPEN", "OPEN", "OPEN"),
    ("PREPARING", "OPEN", "OPEN", "OPEN", "NOT_YET", "NOT_YET", "NOT_YET"),
    ("READ_ONLY", "OPEN", "LOOK", "NOT_NOW", "OPEN", "LOOK", "NOT_NOW"),
    ("SUSPENDED", "CLOSED", "CLOSED", "CLOSED", "CLOSED", "CLOSED", "CLOSED"),
    ("RETIRED", "GONE", "GONE", "GONE", "GONE", "GONE", "GONE"),
]
CELLS = [(state, visit, door) for state, *doors in EXPECTED for visit, door in zip(Visit, doors, strict=True)]


def _ask(state, visit, *, release=5, minimum=5, redirects=False, has_successor=False):
    return answer_for(
        state=state,
        release=release,
        minimum=minimum,
        visit=visit,
        redirects=redirects,
        has_successor=has_successor,
    )


def test_the_table_knows_every_state():
    assert [state for state, *_ in EXPECTED] != []
    assert {state for state, *_ in EXPECTED} == set(TenantState.values)


@pytest.mark.parametrize(("state", "visit", "door"), CELLS)
def test_answer_for_every_state_and_visit(state, visit, door):
    assert _ask(state, visit) == door


@pytest.mark.parametrize("visit", Visit)
@pytest.mark.parametrize(
    ("state", "door"),
    [
        ("READY", "UPGRADING"),
        ("PREPARING", "UPGRADING"),
        ("READ_ONLY", "UPGRADING"),
        ("SUSPENDED", "CLOSED"),
        ("RETIRED", "GONE"),
    ],
)
def test_answer_for_a_schema_older_than_the_code_serves(state, visit, door):
    assert _ask(state, visit, release=4, minimum=5) == door
    assert _ask(state, visit, release=6, minimum=5) != "UPGRADING"


@pytest.mark.parametrize("state", TenantState.values)
@pytest.mark.parametrize("visit", Visit)
def test_answer_for_an_address_of_before_and_for_a_predecessor(state, visit):
    assert _ask(state, visit, redirects=True, release=1) == Door.MOVED
    assert _ask("RETIRED", visit, has_successor=True) == Door.SUCCEEDED


@pytest.mark.parametrize(
    ("method", "path", "visit"),
    [
        ("GET", "/sign-in/", Visit.STAFF_SIGNS),
        ("POST", "/sign-in/", Visit.STAFF_SIGNS),
        ("POST", "/sign-out/", Visit.STAFF_SIGNS),
        ("GET", "/desk/", Visit.STAFF_READS),
        ("HEAD", "/desk/dossiers/", Visit.STAFF_READS),
        ("POST", "/desk/intake/", Visit.STAFF_WRITES),
        ("POST", "/theme/", Visit.STAFF_READS),
        ("GET", "/", Visit.PUBLIC_READS),
        ("GET", "/desktop", Visit.PUBLIC_READS),
        ("POST", "/tra-cuu", Visit.PUBLIC_READS),
        ("POST", "/tra-cuu/khac", Visit.PUBLIC_WRITES),
        ("POST", "/api/v1/oauth2/token", Visit.PROGRAM_SIGNS),
        ("GET", "/api/v1/dossiers", Visit.PUBLIC_READS),
        ("OPTIONS", "/api/v1/dossiers", Visit.PUBLIC_READS),
        ("POST", "/api/v1/dossiers", Visit.PUBLIC_WRITES),
        ("PUT", "/", Visit.PUBLIC_WRITES),
        ("DELETE", "/desk/", Visit.STAFF_WRITES),
        ("BREW", "/", Visit.PUBLIC_WRITES),
    ],
)
def test_visit_of_tells_who_comes_to_do_what(method, path, visit):
    assert visit_of(method=method, path=path, paths=PATHS) == visit


def test_every_door_that_is_shut_has_an_answer():
    assert set(ANSWERS) == set(Door) - PASSES
    assert ANSWERS[Door.GONE] == Answer(410, None)
    assert all(answer.retry_after for answer in ANSWERS.values() if answer.status == 503)


@pytest.mark.parametrize("state", TenantState.values)
def test_runs_tasks_only_where_everything_is_open_and_the_schema_is_new_enough(state):
    assert runs_tasks(state=state, release=5, minimum=5) == (state == "READY")
    assert not runs_tasks(state=state, release=4, minimum=5)
