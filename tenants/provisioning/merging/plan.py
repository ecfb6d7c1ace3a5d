"""The words in which a merge is declared.

Everything that a tenant's schema holds is named: a table that nobody named, or
a column that may hold a key and of which nobody said what it points to, breaks
the build (``catalog.find_undeclared``). Foreign keys need no word, they are read
from the catalog. In SQL, ``f`` is the row of the tenant that goes, ``i`` a row
of the one that stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from kernel.errors import DomainError

if TYPE_CHECKING:
    from tenants.provisioning.merging.world import World

Row = dict[str, Any]  # column → its text as PostgreSQL writes it, or None
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kinded:
    """A reference whose table stands in a column beside it. ``keep``: kinds whose ids mean nothing here."""

    by: str
    targets: Mapping[str, str]
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """The row travels in the transaction of the row that ``column`` points to."""

    parent: str
    column: str
    where: str = "true"


@dataclass(frozen=True, slots=True)
class Leave:
    """Rows that stay behind, and why."""

    why: Words
    where: str


@dataclass(frozen=True, slots=True)
class Join:
    """Rows that the other tenant has already: they become that row. ``raises``: columns that take the larger value."""

    why: Words
    on: str
    raises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A table whose rows go over, each under a new key.

    ``references``: columns that hold a key without a foreign key. ``adapt``
    changes a row on its way, in the columns ``adapts`` only. ``plain``: columns
    that look like keys and are none. ``never_changes``: nobody may change a row
    after it came, so that it is compared again at the end. ``file``: the columns
    of a storage key and of the bytes' SHA-256. ``unlike``: unique columns whose
    clash ``adapt`` resolves. ``still_written``: columns that signing in writes even
    while everything else only reads; they are not compared.
    """

    table: str
    references: Mapping[str, str | Kinded] = field(default_factory=dict)
    follows: Follow | None = None
    sort_out: tuple[Leave | Join, ...] = ()
    adapt: Callable[[Row, "World"], None] | None = None
    adapts: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    never_changes: bool = False
    file: tuple[str, str] | None = None
    unlike: tuple[str, ...] = ()
    still_written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveWhole:
    """A table of which nothing goes over. Its rows may go on changing while the merge runs."""

    table: str
    why: Words


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the reconciliation: what was compared, what was found, whether it agrees."""

    name: str
    said: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """``tables`` in the order in which they move: a row after those that its foreign keys point to.

    ``prepare`` looks at both tenants before the first row, writes into
    ``world.facts`` what ``adapt`` needs and hands back what stands in the way.
    ``settled`` is called in the context of the tenant that stays whenever rows
    have come (caches forget), ``check`` reconciles, ``todo`` says what people
    have to see to.
    """

    tables: tuple[Move | LeaveWhole, ...]
    prepare: Callable[["World"], list[DomainError]]
    settled: Callable[[], None]
    check: Callable[["World"], list[Check]]
    todo: Callable[["World"], list[str]]

    @property
    def moves(self) -> tuple[Move, ...]:
        return tuple(table for table in self.tables if isinstance(table, Move))

    @property
    def left_whole(self) -> tuple[LeaveWhole, ...]:
        return tuple(table for table in self.tables if isinstance(table, LeaveWhole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Who goes into whom, and from which day on."""

    from_code: str
    from_schema: str
    into_code: str
    into_schema: str
    day: date

    @property
    def work(self) -> str:
        return f"merge_{self.from_schema}_into_{self.into_schema}"
