"""A unit changes its name or its codes."""

from datetime import date, datetime

from django.db import transaction

from apps.audit.services import record
from apps.organisations.errors import LastDayTooEarly, UnitNameMissing, UnitUnknown
from apps.organisations.models import Unit, UnitAlias
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import UnitView, view_unit
from apps.organisations.services.creating import add_aliases, folded_facts
from apps.organisations.tree import forget_tree
from kernel.actors import Actor
from kernel.vietnamese import clean, sort_key


def locked(unit_id: int, by: Actor) -> Unit:
    """Raises UnitUnknown, NotYourUnit."""
    unit = Unit.objects.select_for_update(of=("self",)).filter(id=unit_id).first()
    if unit is None:
        raise UnitUnknown()
    require_administrator(by, unit.path)
    return unit


@transaction.atomic
def rename_unit(
    *,
    unit_id: int,
    name: str,
    by: Actor,
    now: datetime,
    short_name: str = "",
    address: str | None = None,
    phone: str | None = None,
    receives: bool | None = None,
) -> UnitView:
    """Another name; address, telephone and counter too (None: as they are). What was printed stays as it was.

    Raises UnitUnknown, NotYourUnit, UnitNameMissing.
    """
    unit = locked(unit_id, by)
    if not clean(name):
        raise UnitNameMissing(field="name")
    before = {"name": unit.name, "receives": unit.receives}
    unit.name, unit.short_name = clean(name), clean(short_name)
    unit.name_sort = sort_key(unit.name)
    unit.name_search = folded_facts(unit.code, unit.name, unit.short_name)
    unit.address = unit.address if address is None else clean(address)
    unit.phone = unit.phone if phone is None else phone.strip()
    unit.receives = unit.receives if receives is None else receives
    unit.save()
    forget_tree()
    forget_tree()
    record(
        by=by,
        action="unit.renamed",
        subject_type="unit",
        subject_id=unit.id,
        now=now,
        before=before,
        after={"name": unit.name, "receives": unit.receives},
    )
    return view_unit(unit)


@transaction.atomic
def add_alias(*, unit_id: int, system: str, code: str, valid_from: date, by: Actor, now: datetime) -> None:
    """Another code for the unit, from that day on. Raises UnitUnknown, NotYourUnit, UnitCodeTaken."""
    unit = locked(unit_id, by)
    add_aliases(unit, [(system, code)], valid_from)
    record(
        by=by,
        action="unit.alias_added",
        subject_type="unit",
        subject_id=unit.id,
        now=now,
        after={"system": system, "code": code.strip()},
    )


@transaction.atomic
def end_alias(*, alias_id: int, last_day: date, by: Actor, now: datetime) -> None:
    """The code means this unit until that day and is free for another one afterwards.

    Raises UnitUnknown, NotYourUnit, LastDayTooEarly.
    """
    alias = UnitAlias.objects.select_for_update(of=("self",)).filter(id=alias_id).first()
    if alias is None:
        raise UnitUnknown()
    locked(alias.unit_id, by)
    if last_day < alias.valid_from:
        raise LastDayTooEarly(field="last_day", first_day=f"{alias.valid_from:%d/%m/%Y}")
    alias.valid_to = last_day
    alias.save(update_fields=["valid_to"])
    record(
        by=by,
        action="unit.alias_ended",
        subject_type="unit",
        subject_id=alias.unit_id,
        now=now,
        after={"system": alias.system, "code": alias.code, "last_day": last_day.isoformat()},
    )
