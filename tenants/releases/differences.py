"""Two shapes of a schema, compared object by object."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.provisioning.shape import Piece, plain

_NAMED = 5


class How(models.TextChoices):
    MISSING = "MISSING", _("thiếu")
    EXTRA = "EXTRA", _("thừa")
    DIFFERENT = "DIFFERENT", _("khác")


class ObjectKind(models.TextChoices):
    """As PostgreSQL's catalogue is told by shape.py, in the order in which they can be made."""

    TABLE = "table", _("bảng")
    COLUMN = "column", _("cột")
    SEQUENCE = "sequence", _("dãy số")
    FUNCTION = "function", _("hàm")
    CONSTRAINT = "constraint", _("ràng buộc")
    INDEX = "index", _("chỉ mục")
    TRIGGER = "trigger", _("trigger")


@dataclass(frozen=True, slots=True)
class Difference:
    """``expected`` is what the release makes, ``found`` what is there; one of them is empty unless both are."""

    kind: ObjectKind
    name: str  # a column, constraint or trigger with its table: table.name
    how: How
    expected: str = ""
    found: str = ""

    @property
    def table(self) -> str:
        """The table that it stands on; empty for a function."""
        if self.kind is ObjectKind.INDEX:
            return table_of_index(self.expected or self.found)
        return self.name.partition(".")[0] if self.kind is not ObjectKind.FUNCTION else ""

    @property
    def short_name(self) -> str:
        return self.name.rpartition(".")[2]


def table_of_index(text: str) -> str:
    found = re.search(r" ON (?:ONLY )?(\S+) USING ", text)
    return found[1] if found else ""


def compare(expected: Iterable[Piece], found: Iterable[Piece]) -> list[Difference]:
    """In the order in which they can be mended. What comes and goes with a table is not told beside it."""
    wanted, there = (
        {(piece.kind, piece.name): piece.text for piece in map(Piece._make, side)}
        for side in (expected, found)
    )
    differences = [
        Difference(ObjectKind(kind), name, _how(kind, name, wanted, there), wanted.get((kind, name), ""),
                   there.get((kind, name), ""))
        for kind, name in {*wanted, *there}
        if plain(wanted.get((kind, name), "")) != plain(there.get((kind, name), ""))
    ]  # fmt: skip
    order = list(ObjectKind)
    whole = sorted(differences, key=lambda one: (order.index(one.kind), one.name))
    return [one for one in whole if not _goes_with_another(one, whole)]


def say_shortly(differences: Iterable[Difference]) -> str:
    """For a line on the board: ``thừa cột fees_payment.note, thiếu chỉ mục …``, the first few and how many more."""
    names = [f"{one.how.label} {one.kind.label} {one.name}" for one in differences]
    more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _how(kind: str, name: str, wanted: dict[tuple[str, str], str], there: dict[tuple[str, str], str]) -> How:
    if (kind, name) not in there:
        return How.MISSING
    return How.DIFFERENT if (kind, name) in wanted else How.EXTRA


def _goes_with_another(one: Difference, whole: list[Difference]) -> bool:
    if one.how is How.DIFFERENT or one.kind is ObjectKind.TABLE:
        return False
    return any(other.how is one.how and _brings_along(other, one) for other in whole)


def _brings_along(other: Difference, one: Difference) -> bool:
    """A table all that stands on it, a constraint its index, an identity column its sequence."""
    if other.kind is ObjectKind.TABLE:
        if one.kind is ObjectKind.SEQUENCE:
            return one.name.startswith(f"{other.name}_") and one.name.endswith("_seq")
        return one.table == other.name
    if other.kind is ObjectKind.CONSTRAINT:
        return one.kind is ObjectKind.INDEX and other.name == f"{one.table}.{one.name}"
    if other.kind is ObjectKind.COLUMN:
        return one.kind is ObjectKind.SEQUENCE and one.name == f"{other.table}_{other.short_name}_seq"
    return False
