"""A copy of a pilot's schema goes first: what it cannot take, no tenant is asked to take."""

import pytest
from django.db import connection

from kernel.actors import Actor, ActorKind
from tenants.provisioning.migrating import TEMPLATE_SCHEMA, as_owner
from tenants.provisioning.models import TemplateScript
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import list_tables
from tenants.registry.context import tenant_context
from tenants.releases import rehearsing
from tenants.releases.connecting import connect
from tenants.releases.enums import RolloutState, SeatState, Stage, StepKind
from tenants.releases.rehearsal_schemas import STANDING
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats
from tenants.releases.services import resume_rollout, retry_rollout, start_rollout
from tests.tenants.releases.fleet import make_release, releases_of

BY = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Vận Hành")
BESIDE = "CREATE INDEX CONCURRENTLY rehearsed ON django_session (expire_date)"
pytestmark = pytest.mark.usefixtures("committed")


def _rows_standing():
    with connect(name="look") as owner:
        tables = list_tables(owner, STANDING)
        # The script's own list of migrations stands in it; the pilot's took its place in the rehearsal only.
        names = [table.name for table in tables if table.name != "django_migrations"]
        return sum(owner.execute(f"SELECT count(*) FROM {STANDING}.{name}").fetchone()[0] for name in names)


def _start(now):
    return start_rollout(release=None, by=BY, now=now)


@pytest.mark.parametrize(
    ("before", "few"),
    [([], 2**24), ([], -1), ([(StepKind.CONCURRENT_INDEX, BESIDE)], 2**24)],
    ids=["standing copy", "new copy", "index"],
)
def test_run_rollout_is_held_by_a_rehearsal_that_fails(six, measures, now, monkeypatch, before, few):
    """A row of a pilot that the release cannot take is found on the copy; no tenant has been touched.

    The rows are gone, whether they could be rolled back or were committed on the way.
    """
    monkeypatch.setattr(rehearsing, "FEW_BYTES", few)
    key = f"rehearsed_{len(before)}_{few % 2}"
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [key])
    sql = f"ALTER TABLE django_session ADD CONSTRAINT not_{key} CHECK (session_key <> '{key}')"
    release = make_release(*before, (StepKind.TRANSACTION, sql))
    rollout = _start(now)
    held = run_rollout()
    assert (held.state, held.stage) == (RolloutState.HELD, Stage.REHEARSAL)
    assert "django_session" in held.why
    assert "SQLSTATE 23514" in held.why
    assert count_seats(rollout.id) == {SeatState.WAITING: 6}
    with as_owner("public"), connection.cursor() as cursor:
        assert read_fingerprints(cursor, [rehearsing.COPY]) == {}
    assert _rows_standing() == 0
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    resume_rollout(by=BY, now=now, reason="Đã xóa dòng sai")
    assert run_rollout().state == RolloutState.DONE
    assert set(releases_of(six)) == {release.number}


def test_rehearsal_takes_away_what_one_that_was_killed_has_left(six, measures, now):
    """It has a pilot's rows. Seen to stay while only a rehearsal that makes a new copy dropped it."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {rehearsing.COPY}")
        cursor.execute(f"CREATE TABLE {rehearsing.COPY}.people (name text)")
    make_release((StepKind.TRANSACTION, "ALTER TABLE django_session ADD COLUMN left_behind integer"))
    _start(now)
    assert run_rollout().state == RolloutState.DONE
    with as_owner("public"), connection.cursor() as cursor:
        assert read_fingerprints(cursor, [rehearsing.COPY]) == {}


@pytest.mark.parametrize("few", [2**24, -1], ids=["standing copy", "new copy"])
def test_rehearsal_finds_what_would_fail_at_the_commit(six, measures, now, monkeypatch, few):
    """A key that waits for the commit. Take SET CONSTRAINTS out of rehearsing and the pilots meet it."""
    monkeypatch.setattr(rehearsing, "FEW_BYTES", few)
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('nobody', '', now())")
    sql = (
        "INSERT INTO organisations_unitalias (unit_id, system, code, valid_from)"
        " SELECT 999999, 'QD20', session_key, '2026-01-01' FROM django_session"
    )
    release = make_release((StepKind.TRANSACTION, sql))
    rollout = _start(now)
    held = run_rollout()
    assert (held.state, held.stage) == (RolloutState.HELD, Stage.REHEARSAL)
    assert "SQLSTATE 23503" in held.why
    assert count_seats(rollout.id) == {SeatState.WAITING: 6}
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    retry_rollout(by=BY, now=now)
    assert run_rollout().state == RolloutState.DONE
    assert set(releases_of(six)) == {release.number}


def test_retry_rehearses_anew(six, measures, now):
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('twice', '', now())")
    sql = "ALTER TABLE django_session ADD CONSTRAINT not_twice CHECK (session_key <> 'twice')"
    release = make_release((StepKind.TRANSACTION, sql))
    _start(now)
    assert run_rollout().stage == Stage.REHEARSAL
    retry_rollout(by=BY, now=now)
    held = run_rollout()
    assert (held.state, held.stage) == (RolloutState.HELD, Stage.REHEARSAL)  # the row is still there
    with tenant_context(six[0]), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    retry_rollout(by=BY, now=now)
    assert run_rollout().state == RolloutState.DONE
    assert set(releases_of(six)) == {release.number}


def test_run_rollout_is_held_by_a_copy_that_ends_otherwise_than_the_release(six, measures, now, monkeypatch):
    """The copy is looked at once, at its end. Take ``target.tenant_id is None`` out of upgrade and it goes through."""
    monkeypatch.setattr(rehearsing, "FEW_BYTES", -1)
    make_release((StepKind.TRANSACTION, "ALTER TABLE django_session ADD COLUMN seen integer"))
    script = TemplateScript.objects.get(release=releases_of(six)[0])
    whole = script.post_sql
    script.post_sql = (
        f"{whole}\nCREATE INDEX nobody_asked_for ON {TEMPLATE_SCHEMA}.django_session (expire_date);"
    )
    script.save()
    try:
        rollout = _start(now)
        held = run_rollout()
    finally:
        script.post_sql = whole
        script.save()
    assert (held.state, held.stage) == (RolloutState.HELD, Stage.REHEARSAL)
    assert "nobody_asked_for" in held.why
    assert count_seats(rollout.id) == {SeatState.WAITING: 6}
