"""Tests side by side: what a worker has to itself in servers that all of them share."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

_VALKEY = {"gw0": "/12", "gw1": "/13"}  # 14 and 15 are the houses' own


def apart(environment: Mapping[str, str]) -> dict[str, str]:
    """A database and a Valkey database by the worker's name; nothing where there is no worker.

    A program that a test starts inherits the names and comes to the same.
    """
    worker = environment.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return {}
    database, valkey = urlsplit(environment["DATABASE_URL"]), urlsplit(environment["REDIS_URL"])
    return {
        "TEST_DATABASE": f"test_{worker}_{database.path.lstrip('/')}",
        "REDIS_URL": urlunsplit(valkey._replace(path=_VALKEY[worker])),
    }
