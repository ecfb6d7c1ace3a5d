"""What the host of a tenant answers, by the tenant's state and the kind of request: one table.

Pure: it reads no row and no setting; what it is told is all that it looks at.
"""

from enum import StrEnum
from typing import NamedTuple

from tenants.registry.enums import TenantState


class Visit(StrEnum):
    """Who comes, to do what. The tenant's own people come by the paths of their rooms; programs by the API."""

    STAFF_SIGNS = "STAFF_SIGNS"  # in or out
    STAFF_READS = "STAFF_READS"
    STAFF_WRITES = "STAFF_WRITES"
    PROGRAM_SIGNS = "PROGRAM_SIGNS"  # asks for an access token
    PUBLIC_READS = "PUBLIC_READS"  # a citizen or a program
    PUBLIC_WRITES = "PUBLIC_WRITES"


class Door(StrEnum):
    OPEN = "OPEN"
    LOOK = "LOOK"  # goes on, and the database refuses every write of it
    NOT_YET = "NOT_YET"  # being prepared
    NOT_NOW = "NOT_NOW"  # would write while only reading is open
    CLOSED = "CLOSED"
    UPGRADING = "UPGRADING"  # its schema is older than this code can serve
    GONE = "GONE"
    MOVED = "MOVED"  # an address of before, of a tenant that lives
    SUCCEEDED = "SUCCEEDED"  # the tenant has gone on in another one


class Answer(NamedTuple):
    status: int
    retry_after: int | None = None  # seconds


PASSES = frozenset({Door.OPEN, Door.LOOK})
# MOVED and SUCCEEDED first send on whoever only reads (301); the status is for the others.
ANSWERS = {
    Door.NOT_YET: Answer(503, 3600),
    Door.NOT_NOW: Answer(503, 900),
    Door.CLOSED: Answer(503, 3600),
    Door.UPGRADING: Answer(503, 30),
    Door.GONE: Answer(410),
    Door.MOVED: Answer(409),
    Door.SUCCEEDED: Answer(410),
}

_COLUMNS = tuple(Visit)
_DOORS: dict[str, dict[Visit, Door]] = {
    state: dict(zip(_COLUMNS, doors, strict=True))
    for state, doors in {
        #                        staff: sign in    read          write         programs: token  public: read   write
        TenantState.READY: (Door.OPEN, Door.OPEN, Door.OPEN, Door.OPEN, Door.OPEN, Door.OPEN),
        TenantState.PREPARING: (
            *(Door.OPEN, Door.OPEN, Door.OPEN),
            *(Door.NOT_YET, Door.NOT_YET, Door.NOT_YET),
        ),
        TenantState.READ_ONLY: (Door.OPEN, Door.LOOK, Door.NOT_NOW, Door.OPEN, Door.LOOK, Door.NOT_NOW),
        TenantState.SUSPENDED: (Door.CLOSED,) * 6,
        TenantState.RETIRED: (Door.GONE,) * 6,
    }.items()
}
# Where a schema that is too old is the reason that counts: the others are closed whatever their schema is.
_SERVED = frozenset({TenantState.READY, TenantState.PREPARING, TenantState.READ_ONLY})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Paths(NamedTuple):
    """Prefixes and whole paths, as the roof knows them (settings.TENANT_PATHS)."""

    staff: tuple[str, ...]  # prefixes of the rooms of a tenant's own people
    staff_signs: tuple[str, ...]  # where they sign in and out
    program_signs: tuple[str, ...]  # where a program gets its token
    reading_posts: tuple[str, ...]  # posts that keep nothing but a cookie or a session


def visit_of(*, method: str, path: str, paths: Paths) -> Visit:
    if path in paths.program_signs:
        return Visit.PROGRAM_SIGNS
    if path in paths.staff_signs:
        return Visit.STAFF_SIGNS
    reads = method in _READING or path in paths.reading_posts
    if path.startswith(paths.staff):
        return Visit.STAFF_READS if reads else Visit.STAFF_WRITES
    return Visit.PUBLIC_READS if reads else Visit.PUBLIC_WRITES


def answer_for(
    *, state: str, release: int, minimum: int, visit: Visit, redirects: bool, has_successor: bool
) -> Door:
    """``redirects``: the host is an address of before. ``minimum``: the oldest release that this code serves."""
    if redirects:
        return Door.MOVED
    if has_successor:
        return Door.SUCCEEDED
    if state in _SERVED and release < minimum:
        return Door.UPGRADING
    return _DOORS[state][visit]


def runs_tasks(*, state: str, release: int, minimum: int) -> bool:
    """Whether the worker may work in it: only where everything is open, and never on a schema that is too old."""
    return state == TenantState.READY and release >= minimum
