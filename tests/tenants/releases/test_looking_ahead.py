"""The first look of a rollout, begun before Django is loaded."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from kernel.actors import SYSTEM
from project.looking_ahead import look_ahead
from tenants.provisioning.migrating import as_owner
from tenants.releases import foreseeing, upgrading
from tenants.releases.enums import RolloutState, SeatState
from tenants.releases.rehearsal_schemas import STANDING
from tenants.releases.runner import run_rollout
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import column, columns, environment, looks, make_release, seat_of

pytestmark = pytest.mark.usefixtures("committed")
_NOBODY = {"DATABASE_URL": "postgresql://nobody:secret-word@127.0.0.1:1/none", "DATABASE_WAIT": "1"}


def _schemas(tenants):
    return [tenant.schema_name for tenant in tenants]


@pytest.fixture
def early():
    """Whatever a test begins is taken by it or by nobody."""
    yield foreseeing
    left = foreseeing.take_early()
    if left is not None:
        left.close()


def _seen_early(release):
    foreseeing.begin_early(release)
    begun = foreseeing.take_early()
    assert begun is not None
    begun.join()
    return begun


def test_an_early_look_finds_who_is_behind_in_the_order_of_the_rings(six, now, early, monkeypatch):
    """Seen to fail when it looks in the order of the codes alone, and when it looks at those who have the release."""
    looked = looks(monkeypatch, foreseeing)
    older = make_release(column("early_on"))
    _seen_early(None)
    assert looked == [STANDING, *_schemas(six)]
    start_rollout(release=older.name, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    newer = make_release(column("later_on"))
    looked.clear()
    _seen_early(older.name)
    assert looked == []
    _seen_early(newer.name)
    assert looked == [STANDING, *_schemas(six)]
    assert early.take_early() is None
    start_rollout(release=newer.name, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE


def test_a_rollout_goes_by_what_was_seen_before_it_began(six, now, early, monkeypatch):
    """One was changed by hand before: seen early, looked at again, and named.

    Seen to fail when the runner begins a look of its own beside the early one: every schema is looked at twice.
    """
    with as_owner(six[5].schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN by_hand text")
    release = make_release(column("seen_early"))
    early.begin_early(release.name)
    early._early.join()
    looked = looks(monkeypatch, upgrading, foreseeing)
    rollout = start_rollout(release=release.name, by=SYSTEM, now=now, rehearse=False)
    assert run_rollout().state == RolloutState.DONE
    assert looked == [six[5].schema_name]
    assert seat_of(rollout.id, six[5]).state == SeatState.DRIFTED
    assert all("seen_early" in columns(tenant, "accounts_user") for tenant in six[:5])


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("release start --soak 0", True),
        ("release start --release 2026.11.1 --soak=0", True),
        ("release start", False),
        ("release start --soak 20", False),
        ("release start --soak", False),
        ("release resume --soak 0", False),
        ("tenant list", False),
        ("", False),
    ],
)
def test_look_ahead_only_before_a_rollout_whose_rings_come_at_once(words, begins):
    """Seen to fail without either condition: it began for a rollout that is watched, and for another command."""
    look_ahead(words.split())
    begun = foreseeing.take_early()
    assert (begun is not None) == begins
    if begun is not None:
        begun.close()


def test_a_look_ahead_that_finds_no_database_leaves_the_word_to_the_command():
    done = subprocess.run(
        [sys.executable, "manage.py", "release", "start", "--soak", "0"],
        cwd=settings.ROOT, env=environment() | _NOBODY, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "[database.unreachable]" in done.stderr
    assert done.stdout == ""
