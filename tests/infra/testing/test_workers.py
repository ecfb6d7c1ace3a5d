"""Tests side by side: what is each worker's own, and what stays together."""

from urllib.parse import urlsplit

from infra.testing.together import _Together, pytest_collection_modifyitems
from project.settings.workers import apart

SERVERS = {"DATABASE_URL": "postgresql://a:b@127.0.0.1:1/motcua", "REDIS_URL": "redis://:c@127.0.0.1:2/15"}


def _of(worker):
    return apart({**SERVERS, "PYTEST_XDIST_WORKER": worker})


def test_apart_leaves_a_run_of_its_own_as_it_is():
    assert apart(SERVERS) == {}


def test_apart_gives_no_two_workers_the_same():
    first, second = _of("gw0"), _of("gw1")
    assert first.keys() == second.keys() == {"TEST_DATABASE", "REDIS_URL"}
    assert not {*first.values()} & {*second.values()}
    # 14 and 15 belong to the programs that the houses start
    assert {urlsplit(one["REDIS_URL"]).path for one in (first, second)} == {"/12", "/13"}


def test_apart_comes_to_the_same_in_a_program_that_a_test_starts():
    once = {**SERVERS, "PYTEST_XDIST_WORKER": "gw1", **_of("gw1")}
    assert apart(once) == _of("gw1")


def test_what_runs_whole_programs_stays_on_one_side_and_begins():
    scope = _Together._split_scope
    houses = ("tests/journeys/test_a.py::test_a", "tests/docs/test_b.py::test_b")
    assert {scope(None, one) for one in houses} == {"houses"}
    assert scope(None, "tests/api/test_c.py::test_c[1::2]") == "tests/api/test_c.py"

    class Item:
        def __init__(self, nodeid):
            self.nodeid = nodeid

    items = [Item(name) for name in ("tests/api/test_c.py::test_c", *houses, "tests/apps/test_d.py::test_d")]
    pytest_collection_modifyitems(items)
    assert [item.nodeid.split("/")[1] for item in items] == ["journeys", "docs", "api", "apps"]
