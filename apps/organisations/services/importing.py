"""A whole tree of units at once, as an onboarding brings it: the same statements for ten units and for two hundred."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from apps.audit.services import record
from apps.organisations.errors import UnitUnknown
from apps.organisations.models import Unit, UnitAlias
from apps.organisations.permissions import require_administrator
from apps.organisations.services.creating import code_taken, folded_facts, refuse_bad_facts
from apps.organisations.tree import forget_tree
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean, sort_key


@dataclass(frozen=True, slots=True)
class NewUnit:
    """``parent``: the code of a unit of the same list or of one that is there; None: a root.

    ``aliases``: pairs of system and code, valid from the same day as the unit.
    """

    code: str
    name: str
    kind: str
    parent: str | None
    short_name: str = ""
    address: str = ""
    phone: str = ""
    receives: bool = False
    aliases: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def import_units(*, units: list[NewUnit], valid_from: date, by: Actor, now: datetime) -> list[int]:
    """Units whose code is taken are passed over, so a list may be handed in again; returns the keys of the new.

    In any order: a parent may come after its children. Only for who may
    administer the whole tenant. Raises NotYourUnit, UnitCodeInvalid,
    UnitNameMissing, UnitKindUnknown, UnitUnknown (a parent that is nowhere, or a
    circle), UnitCodeTaken (an alias).
    """
    require_administrator(by, "/")
    known = {code: (key, path) for code, key, path in Unit.objects.values_list("code", "id", "path")}
    fresh = [unit for unit in units if unit.code not in known]
    for unit in fresh:
        refuse_bad_facts(unit.code, clean(unit.name), unit.kind)
    rows = list(_rows(fresh, known, valid_from))
    Unit.objects.bulk_create(rows, batch_size=500)
    _add_aliases(fresh, rows, valid_from)
    if rows:
        forget_tree()
        record(
            by=by, action="unit.imported", subject_type="unit", subject_id=None, now=now,
            after={"count": len(rows), "codes": [row.code for row in rows]},
        )  # fmt: skip
    return [row.id for row in rows]


def _rows(fresh: list[NewUnit], known: dict[str, tuple[int, str]], valid_from: date) -> Iterator[Unit]:
    """In the order of the list; keys are taken beforehand, because a path is made of keys."""
    keys = dict(zip((unit.code for unit in fresh), _next_keys(len(fresh)), strict=True))
    parents = {unit.code: unit.parent for unit in fresh}
    for unit in fresh:
        yield Unit(
            id=keys[unit.code],
            public_id=uuid7(),
            code=unit.code,
            name=clean(unit.name),
            short_name=clean(unit.short_name),
            name_sort=sort_key(clean(unit.name)),
            name_search=folded_facts(unit.code, clean(unit.name), clean(unit.short_name)),
            kind=unit.kind,
            parent_id=None if unit.parent is None else keys.get(unit.parent) or known[unit.parent][0],
            path=_path(unit.code, parents, keys, known),
            address=clean(unit.address),
            phone=unit.phone.strip(),
            receives=unit.receives,
            valid_from=valid_from,
        )


def _path(
    code: str, parents: dict[str, str | None], keys: dict[str, int], known: dict[str, tuple[int, str]]
) -> str:
    """Up from the unit to one that is there, or to a root. Raises UnitUnknown."""
    below, at = "", code
    for _level in range(len(parents)):
        below = f"{keys[at]}/{below}"
        parent = parents[at]
        if parent is None:
            return f"/{below}"
        if parent in known:
            return f"{known[parent][1]}{below}"
        if parent not in parents:
            break
        at = parent
    raise UnitUnknown(field="parent")


def _next_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [key for (key,) in cursor.fetchall()]


def _add_aliases(fresh: list[NewUnit], rows: list[Unit], valid_from: date) -> None:
    aliases = [
        UnitAlias(unit=row, system=system, code=code.strip(), valid_from=valid_from)
        for unit, row in zip(fresh, rows, strict=True)
        for system, code in unit.aliases
    ]
    try:
        with transaction.atomic():
            UnitAlias.objects.bulk_create(aliases, batch_size=500)
    except IntegrityError as clash:
        held = UnitAlias.objects.filter(code__in=[alias.code for alias in aliases], valid_to__isnull=True)
        taken = held.values_list("code", flat=True).first()
        raise code_taken(taken or aliases[0].code) from clash
