"""A unit comes to its end."""

from datetime import date, datetime

from django.db import transaction

from apps.audit.services import record
from apps.organisations.errors import LastDayTooEarly, SuccessorUnfit, UnitClosed, UnitHasOpenBranches
from apps.organisations.models import Unit
from apps.organisations.selectors import UnitView, view_unit
from apps.organisations.services.editing import locked
from apps.organisations.tree import forget_tree
from kernel.actors import Actor


@transaction.atomic
def close_unit(
    *, unit_id: int, last_day: date, successor_id: int | None, by: Actor, now: datetime
) -> UnitView:
    """``last_day`` is the last on which it acts. ``successor_id``: who carries its work on, if anybody.

    Raises UnitUnknown, NotYourUnit, UnitClosed, LastDayTooEarly, UnitHasOpenBranches, SuccessorUnfit.
    """
    unit = locked(unit_id, by)
    if unit.valid_to is not None:
        raise UnitClosed(name=unit.name, last_day=f"{unit.valid_to:%d/%m/%Y}")
    if last_day < unit.valid_from:
        raise LastDayTooEarly(field="last_day", first_day=f"{unit.valid_from:%d/%m/%Y}")
    branches = Unit.objects.filter(parent_id=unit.id, valid_to__isnull=True).count()
    if branches:
        raise UnitHasOpenBranches(name=unit.name, count=branches)
    if successor_id is not None and not _fit(successor_id, unit.id, last_day):
        raise SuccessorUnfit(field="successor")
    unit.valid_to, unit.successor_id = last_day, successor_id
    unit.save(update_fields=["valid_to", "successor"])
    forget_tree()
    forget_tree()
    record(
        by=by,
        action="unit.closed",
        subject_type="unit",
        subject_id=unit.id,
        now=now,
        after={"last_day": last_day.isoformat(), "successor_id": successor_id},
    )
    return view_unit(unit)


def _fit(successor_id: int, unit_id: int, last_day: date) -> bool:
    """Another unit that goes on after that day."""
    successor = Unit.objects.filter(id=successor_id).exclude(id=unit_id).first()
    return successor is not None and (successor.valid_to is None or successor.valid_to > last_day)
