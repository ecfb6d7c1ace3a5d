"""Door 1: which law is in force here?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from math import ceil
from operator import add
from typing import Any, Protocol
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.cache import cache
from django.db.models import Case, QuerySet, When

from apps.catalogue import selectors as catalogue
from apps.catalogue.content import find_problems
from apps.catalogue.process_check import check_process
from apps.organisations import selectors as organisations
from apps.organisations.enums import UnitKind
from apps.procedures.content_store import get_contents
from apps.procedures.enums import Slot, UnitRule
from apps.procedures.errors import (
    AdoptedContentUnsound,
    AdoptedVersionUnknown,
    HandledElsewhere,
    UnitNotResolved,
)
from apps.procedures.models import AdoptedVersion, AdoptionUnit
from apps.procedures.periods import lay_out, refusals_of
from apps.procedures.record import Record
from kernel.errors import DomainError
from kernel.vietnamese import fold

_HEAD = (
    "id", "public_id", "procedure_code", "name", "field_code", "field_name", "number",
    "template_version", "template_number", "process_id", "in_force_from",
    "record_system", "record_name", "record_address", "record_receives", "content_sha256",
)  # fmt: skip
_KEPT_SECONDS = 24 * 3600
_ALIKE = 0.45  # of 1: “khia sinh” is 0.7 like “khai sinh”
_LONGEST_TYPED = 100
_MOST_COMPARED = 300  # of the names that hold most of the words


@dataclass(frozen=True, slots=True)
class AdoptedView:
    """``content`` is shared by the whole process: read it, never write into it."""

    id: int
    public_id: UUID
    code: str
    name: str
    field_code: str
    field_name: str
    number: int
    template_version: UUID
    template_number: int
    process_id: int
    in_force_from: date
    record_system: str
    record_name: str
    record_address: str
    record_receives: bool
    content_sha256: str
    content: dict[str, Any]

    @property
    def record(self) -> Record:
        return Record(
            system=self.record_system,
            name=self.record_name,
            address=self.record_address,
            receives=self.record_receives,
        )

    @property
    def is_handled_elsewhere(self) -> bool:
        """Nothing is received here: its dossiers live in another system."""
        return self.record.is_elsewhere and not self.record.receives


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    rows: list[AdoptedView]
    after: str | None  # hand it back for the next page; None: this was the last


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One adoption as the setup room lists it: without its content."""

    id: int
    public_id: UUID
    number: int
    template_version: UUID
    template_number: int
    in_force_from: date
    in_force_to: date | None
    state: str
    origin: str
    overrides: list[dict[str, Any]]
    adopted_at: datetime
    adopted_by: str


@dataclass(frozen=True, slots=True)
class UnitOfRole:
    role: str
    rule: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class VersionHead:
    id: int
    code: str
    name: str
    process_id: int


class ReceivingUnit(Protocol):
    """A Leaf or a Unit: whatever says where a counter stands in the tree."""

    @property
    def id(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


def get_version_in_force(code: str, on: date) -> AdoptedView | None:
    """None: no procedure of this code is in force on that day. One small statement when warm."""
    head = _in_force(on).filter(procedure_code=code).values_list(*_HEAD).first()
    return _views([head])[0] if head else None


def get_version(version_id: int) -> AdoptedView:
    """For ever the same. No statement when warm; raises AdoptedVersionUnknown."""
    key = head_key(version_id)
    head = cache.get(key)
    if head is None:
        head = AdoptedVersion.objects.filter(id=version_id).values_list(*_HEAD).first()
        if head is None:
            raise AdoptedVersionUnknown
        cache.set(key, head, _KEPT_SECONDS)
    return _views([head])[0]


def head_key(version_id: int) -> str:
    """With the number of its columns: an older release may have left a shorter row there."""
    return f"procedures:version:{len(_HEAD)}:{version_id}"


def require_handled_here(version: AdoptedView) -> None:
    """Raises HandledElsewhere, with the name and the address of the system that receives it."""
    if version.is_handled_elsewhere:
        raise HandledElsewhere(
            field="procedure_code",
            procedure=version.code,
            name=version.record.name,
            address=version.record.address,
        )


def get_version_by_public_id(public_id: UUID) -> AdoptedView:
    """Raises AdoptedVersionUnknown."""
    head = AdoptedVersion.objects.filter(public_id=public_id).values_list(*_HEAD).first()
    if head is None:
        raise AdoptedVersionUnknown
    return _views([head])[0]


def list_procedures(
    *, on: date, q: str = "", field: str = "", after: str = "", limit: int = 50
) -> ProcedurePage:
    """In force on that day, by code. ``q``: words of code or name, typed without marks if one likes.

    One statement when warm, two at most.
    """
    found = _in_force(on).filter(procedure_code__gt=after)
    for word in fold(q).split():
        found = found.filter(name_search__contains=word)
    if field:
        found = found.filter(field_code=field)
    heads = list(found.order_by("procedure_code").values_list(*_HEAD)[: limit + 1])
    rows = _views(heads[:limit])
    return ProcedurePage(rows, rows[-1].code if len(heads) > limit else None)


def list_similar(*, on: date, q: str, field: str = "", limit: int = 10) -> list[AdoptedView]:
    """For who has mistyped: in force on that day, the most alike first; empty when nothing is. At most two statements.

    Alike by the three-letter pieces that a stretch of words in the name shares
    with what was typed, both without marks. Of several words at least half must
    be right: likeness costs ten times what containing does.
    """
    typed = fold(q)[:_LONGEST_TYPED]
    words = typed.split()
    if not words:
        return []
    found = _in_force(on)
    if field:
        found = found.filter(field_code=field)
    if len(words) > 1:
        held = [Case(When(name_search__contains=word, then=1), default=0) for word in words]
        near = found.annotate(held=reduce(add, held)).filter(held__gte=ceil(len(words) / 2))
        first = near.order_by("-held", "procedure_code").values("id")[:_MOST_COMPARED]
        found = AdoptedVersion.objects.filter(id__in=first)
    alike = found.annotate(alike=TrigramWordSimilarity(typed, "name_search")).filter(alike__gte=_ALIKE)
    return _views(alike.order_by("-alike", "procedure_code").values_list(*_HEAD)[:limit])


def list_by_codes(codes: Iterable[str], *, on: date) -> list[AdoptedView]:
    """In force on that day, in the order of ``codes``; those that are not are left out."""
    wanted = list(codes)
    rows = _views(_in_force(on).filter(procedure_code__in=wanted).values_list(*_HEAD))
    return sorted(rows, key=lambda row: wanted.index(row.code))


def list_fields(*, on: date) -> list[tuple[str, str]]:
    """(code, name) of the fields that have a procedure in force, for a filter."""
    return list(
        _in_force(on).order_by("field_code", "field_name").values_list("field_code", "field_name").distinct()
    )


def list_history(code: str) -> list[HistoryView]:
    """Every adoption of a procedure, the newest first."""
    rows = AdoptedVersion.objects.filter(procedure_code=code).order_by("-number")
    return [HistoryView(**row) for row in rows.values(*HistoryView.__slots__)]


def can_give_units(version: AdoptedView) -> bool:
    """Whether it is left to this tenant who does the work: by the nation, or because the procedure is its own."""
    return version.template_number == 0 or Slot.UNITS.value in version.content["slots"]


def list_units(version_id: int) -> list[UnitOfRole]:
    """Who receives, decides and is asked. Kept in the cache: a version never changes it."""
    key = units_key(version_id)
    rows = cache.get(key)
    if rows is None:
        rows = list(
            AdoptionUnit.objects.filter(version_id=version_id)
            .order_by("role")
            .values_list("role", "rule", "unit_id")
        )
        cache.set(key, rows, _KEPT_SECONDS)
    return [UnitOfRole(*row) for row in rows]


def units_key(version_id: int) -> str:
    return f"procedures:units:{version_id}"


def resolve_units(
    *, version_id: int, receiving_unit: ReceivingUnit, chosen: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Role → unit for a dossier received at ``receiving_unit``; always has RECEIVING and COMPETENT.

    ``chosen`` goes before the rules: at a counter of the province a clerk names
    the commune (procedures that are not bound to a territory). Raises
    UnitNotResolved when the commune has to decide and the counter stands in none.
    What the platform's probe unit receives stays there, whatever the rules say.
    """
    if receiving_unit.kind == UnitKind.PROBE:
        return {row.role: receiving_unit.id for row in list_units(version_id)}
    given = dict(chosen or {})
    return {
        row.role: given.get(row.role) or _resolve(row, version_id, receiving_unit)
        for row in list_units(version_id)
    }


def list_places(
    *, on: date, counters: Iterable[ReceivingUnit], code: str = ""
) -> Iterator[tuple[VersionHead, ReceivingUnit, dict[str, int]]]:
    """Every version in force (of one procedure with ``code``) with every counter that can receive for it.

    Role → unit; two statements for all.

    A counter that stands in no commune is left out where the commune has to decide.
    """
    found = _in_force(on).filter(procedure_code=code) if code else _in_force(on)
    heads = [VersionHead(*row) for row in found.values_list("id", "procedure_code", "name", "process_id")]
    rows: dict[int, list[UnitOfRole]] = {head.id: [] for head in heads}
    for unit in AdoptionUnit.objects.filter(version_id__in=list(rows)):
        rows[unit.version_id].append(UnitOfRole(unit.role, unit.rule, unit.unit_id))
    for counter in counters:
        for head in heads:
            units = {row.role: _find(row, counter) for row in rows[head.id]}
            if None not in units.values():
                yield head, counter, {role: unit_id for role, unit_id in units.items() if unit_id is not None}


def list_all_in_force(*, on: date) -> list[tuple[str, date]]:
    """(code, first day) of every procedure in force, by code: some thousand at most. One statement."""
    return list(_in_force(on).order_by("procedure_code").values_list("procedure_code", "in_force_from"))


def list_procedure_codes(*, on: date) -> list[str]:
    return list(_in_force(on).order_by("procedure_code").values_list("procedure_code", flat=True))


def list_procedure_names(*, on: date) -> list[tuple[str, str]]:
    """(code, name) of all in force, by code: for a list to choose from."""
    return list(_in_force(on).order_by("procedure_code").values_list("procedure_code", "name"))


def list_overrides_in_force(*, on: date) -> dict[str, list[dict[str, Any]]]:
    """Procedure → what this tenant has changed in it; also of versions that are adopted and begin later."""
    found = AdoptedVersion.objects.standing(on)
    return dict(found.order_by("in_force_from").values_list("procedure_code", "overrides"))


def list_override_refusals(*, version: UUID, overrides: list[dict[str, Any]]) -> list[DomainError]:
    """What keeps these overrides from being laid over a national version, by ``field``; nothing is written.

    Whether a unit exists is not asked. Raises VersionUnknown.
    """
    template = catalogue.get_version_content(version)
    periods = lay_out(template.content, overrides, date.min)
    refusals = refusals_of(periods)
    for period in periods if not refusals else ():
        problems = find_problems(period.result.content, check_process=check_process)
        if problems:
            listing = "; ".join(str(problem) for problem in problems)
            return [AdoptedContentUnsound(procedure=template.code, listing=listing)]
    return refusals


def _resolve(row: UnitOfRole, version_id: int, receiving_unit: ReceivingUnit) -> int:
    unit_id = _find(row, receiving_unit)
    if unit_id is None:
        raise UnitNotResolved(unit=receiving_unit.name, procedure=get_version(version_id).code)
    return unit_id


def _find(row: UnitOfRole, receiving_unit: ReceivingUnit) -> int | None:
    """None: the commune has to decide, and the counter stands in none."""
    if row.rule == UnitRule.CHOSEN_UNIT and row.unit_id is not None:
        return row.unit_id
    if row.rule == UnitRule.RECEIVING_UNIT:
        return receiving_unit.id
    for unit_id in reversed(receiving_unit.path.strip("/").split("/")):
        leaf = organisations.find_leaf(int(unit_id))
        if leaf is not None and leaf.kind == UnitKind.COMMUNE:
            return leaf.id
    return None


def _in_force(on: date) -> QuerySet[AdoptedVersion]:
    return AdoptedVersion.objects.in_force(on)


def _views(heads: Iterable[tuple[Any, ...]]) -> list[AdoptedView]:
    heads = list(heads)
    contents = get_contents({head[-1]: head[0] for head in heads})
    return [AdoptedView(*(*head, contents[head[-1]])) for head in heads]
