"""Units come into being."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from apps.audit.services import record
from apps.organisations.codes import is_qd20
from apps.organisations.enums import REAL_KINDS
from apps.organisations.errors import (
    UnitClosed,
    UnitCodeInvalid,
    UnitCodeTaken,
    UnitKindUnknown,
    UnitNameMissing,
    UnitUnknown,
)
from apps.organisations.models import Unit, UnitAlias
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import UnitView, view_unit
from apps.organisations.tree import forget_tree
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean, fold, sort_key


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent_id: int | None,
    valid_from: date,
    by: Actor,
    now: datetime,
    short_name: str = "",
    address: str = "",
    phone: str = "",
    receives: bool = False,
    aliases: Iterable[tuple[str, str]] = (),
) -> UnitView:
    """A unit below ``parent_id``, or a root. ``aliases``: pairs of system and code, valid from the same day.

    Raises UnitCodeInvalid, UnitCodeTaken, UnitNameMissing, UnitKindUnknown,
    UnitUnknown (the parent), UnitClosed (the parent), NotYourUnit.
    """
    code, name, short_name = code.strip().upper(), clean(name), clean(short_name)
    refuse_bad_facts(code, name, kind)
    parent = _open_parent(parent_id, valid_from)
    require_administrator(by, parent.path if parent else None)
    unit = Unit(
        public_id=uuid7(),
        code=code,
        name=name,
        short_name=short_name,
        name_sort=sort_key(name),
        name_search=folded_facts(code, name, short_name),
        kind=kind,
        parent=parent,
        path="/",
        address=clean(address),
        phone=phone.strip(),
        receives=receives,
        valid_from=valid_from,
    )
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as clash:
        raise code_taken(code) from clash
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.save(update_fields=["path"])
    add_aliases(unit, aliases, valid_from)
    forget_tree()
    record(
        by=by,
        action="unit.created",
        subject_type="unit",
        subject_id=unit.id,
        now=now,
        after={"code": code, "name": name, "kind": kind, "parent_id": parent_id},
    )
    return view_unit(unit)


def refuse_bad_facts(code: str, name: str, kind: str) -> None:
    if not is_qd20(code):
        raise UnitCodeInvalid(field="code", unit_code=code)
    if not name:
        raise UnitNameMissing(field="name")
    if kind not in REAL_KINDS:
        raise UnitKindUnknown(field="kind", unit_kind=kind)


def _open_parent(parent_id: int | None, on: date) -> Unit | None:
    if parent_id is None:
        return None
    parent = Unit.objects.filter(id=parent_id).first()
    if parent is None:
        raise UnitUnknown(field="parent")
    if parent.valid_to is not None and parent.valid_to < on:
        raise UnitClosed(field="parent", name=parent.name, last_day=f"{parent.valid_to:%d/%m/%Y}")
    return parent


def folded_facts(code: str, name: str, short_name: str) -> str:
    return fold(f"{code} {name} {short_name}")[:420]


def code_taken(code: str) -> UnitCodeTaken:
    """The refusal that names who has the code now."""
    holder = Unit.objects.filter(code=code).values_list("name", flat=True).first()
    if holder is None:
        alias = UnitAlias.objects.filter(code=code, valid_to__isnull=True).select_related("unit").first()
        holder = alias.unit.name if alias else code
    return UnitCodeTaken(field="code", unit_code=code, name=holder)


def add_aliases(unit: Unit, aliases: Iterable[tuple[str, str]], valid_from: date) -> None:
    for system, code in aliases:
        try:
            with transaction.atomic():
                UnitAlias.objects.create(unit=unit, system=system, code=code.strip(), valid_from=valid_from)
        except IntegrityError as clash:
            raise code_taken(code.strip()) from clash
