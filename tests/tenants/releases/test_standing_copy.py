"""The schema in which releases are tried stands where the pilots stand, and is trusted for its fingerprint only."""

import pytest

from tenants.provisioning.copying import drop_schema, fill_in_this_moment, one_moment
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import list_tables, read_counters
from tenants.registry.context import central_context
from tenants.releases.connecting import connect
from tenants.releases.enums import StepKind
from tenants.releases.models import Release
from tenants.releases.rehearsal_schemas import STANDING as SCHEMA
from tenants.releases.services.preparing import prepare_central
from tenants.releases.standing_copy import stand_at
from tests.lived_in import furnished_centre, live_in
from tests.tenants.releases.fleet import column, forget_releases, make_release

BESIDE = "CREATE INDEX CONCURRENTLY stood ON django_session (expire_date)"
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def owner(committed):
    with connect(name="standing") as connection:
        drop_schema(connection, SCHEMA)
        yield connection
        drop_schema(connection, SCHEMA)


@pytest.fixture
def base(committed):
    """The newest release of the code; those that a test adds are gone afterwards."""
    with central_context():
        newest = Release.objects.latest("number")
    yield newest
    forget_releases(newest.number)


def _fingerprint(owner):
    with owner.cursor() as cursor:
        return read_fingerprints(cursor, [SCHEMA])[SCHEMA]


def _oid(owner):
    return owner.execute("SELECT oid FROM pg_namespace WHERE nspname = %s", [SCHEMA]).fetchone()[0]


def test_stand_at_makes_it_once(owner, base):
    stand_at(owner, base.number)
    first = _oid(owner)
    stand_at(owner, base.number)
    assert (_oid(owner), _fingerprint(owner)) == (first, base.fingerprint)


@pytest.mark.parametrize(
    ("step", "is_same"),
    [(column("stood"), True), ((StepKind.CONCURRENT_INDEX, BESIDE), False)],
    ids=["on", "anew"],
)
def test_stand_at_goes_with_the_pilots(owner, base, step, is_same):
    """What fits into a transaction is carried on; the rest is made anew, as is what stands too far ahead."""
    stand_at(owner, base.number)
    first = _oid(owner)
    later = make_release(step)
    stand_at(owner, later.number)
    assert (_oid(owner) == first, _fingerprint(owner)) == (is_same, later.fingerprint)
    stand_at(owner, base.number)
    assert (_oid(owner) == first, _fingerprint(owner)) == (False, base.fingerprint)


def test_stand_at_does_not_believe_what_somebody_has_changed(owner, base):
    """Compare numbers instead of fingerprints and the next release is tried on something that no tenant is."""
    stand_at(owner, base.number)
    owner.execute(f"ALTER TABLE {SCHEMA}.django_session ADD COLUMN by_hand integer")
    stand_at(owner, base.number)
    assert _fingerprint(owner) == base.fingerprint


def test_prepare_central_lets_a_rehearsal_go_on(owner, base, gia_lai, now):
    """Take ``suppress`` out and a deployment fails because somebody tries the release before."""
    stand_at(owner, base.number)
    owner.execute(f"ALTER TABLE {SCHEMA}.django_session ADD COLUMN by_hand integer")
    before = _fingerprint(owner)
    with connect(name="rehearsal") as other, other.transaction():
        other.execute(f"LOCK TABLE {SCHEMA}.django_session IN ACCESS SHARE MODE")
        prepare_central(host="localhost", now=now)
        assert _fingerprint(owner) == before
    prepare_central(host="localhost", now=now)
    assert _fingerprint(owner) == base.fingerprint


def _rows(connection, schema):
    return {
        table.name: sorted(
            str(row) for row in connection.execute(f"SELECT t::text FROM {schema}.{table.name} t").fetchall()
        )
        for table in list_tables(connection, schema)
    }


def test_fill_in_this_moment_takes_every_row_and_leaves_none(throwaway_tenant, owner, base, now):
    with furnished_centre(now):
        live_in(throwaway_tenant, now)
        source = throwaway_tenant.schema_name
        stand_at(owner, base.number)
        empty, whole = _rows(owner, SCHEMA), _rows(owner, source)
        assert sum(1 for rows in whole.values() if rows) >= 25
        with one_moment(owner, thrown_away=True):
            filled = fill_in_this_moment(owner, source=source, target=SCHEMA)
            assert _rows(owner, SCHEMA) == whole
            assert read_counters(owner, SCHEMA) == read_counters(owner, source)
            assert _fingerprint(owner) == base.fingerprint  # every trigger is on again
            # Nothing waits for the commit: a table of which a key does could not be altered.
            owner.execute(f"ALTER TABLE {SCHEMA}.dossiers_dossier ADD COLUMN tried integer")
        assert filled == sum(map(len, whole.values()))
        assert _rows(owner, SCHEMA) == empty == _rows(owner, SCHEMA)
        assert _rows(owner, source) == whole
