"""What is law here of a procedure of this tenant's own, day by day: its content, and who does the work."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.procedures.enums import Origin, Slot
from apps.procedures.errors import refuse
from apps.procedures.models import AdoptedVersion
from apps.procedures.override_reading import Override, begun_too_late, expired
from apps.procedures.periods import Period, cut_off, lay_out, refusals_of
from apps.procedures.services.saving import save_version
from apps.procedures.services.standing import list_standing, make_room
from apps.procedures.services.units import unit_problems
from kernel.actors import Actor


def lay_local(
    *,
    content: dict[str, Any],
    overrides: list[Override],
    edition: UUID,
    day: date,
    until: date | None = None,
    by: Actor,
    now: datetime,
) -> list[AdoptedVersion]:
    """One version for each period; another edition that was to begin on ``until`` stays.

    ``overrides`` say units only: of its own law a tenant leaves nothing else open. The
    caller holds the lock of the procedure, and leaves the trace. Raises Refusals.
    """
    periods = _periods(content, overrides, day, until)
    standing = [
        version
        for version in list_standing(content["code"], day)
        if until is None or version.in_force_from < until
    ]
    make_room(standing, day=day, by=by, now=now)
    return [
        save_version(
            content=content,
            units=period.result.units.values(),
            start=period.start,
            end=period.end,
            by=by,
            now=now,
            overrides=overrides,
            origin=Origin.LOCAL,
            template_version=edition,
            template_number=0,
        )
        for period in periods
    ]


def _periods(
    content: dict[str, Any], overrides: list[Override], day: date, until: date | None
) -> list[Period]:
    periods = lay_out({**content, "slots": [Slot.UNITS.value]}, overrides, day)
    refusals = [*refusals_of(periods), *expired(overrides, day)]
    refusals += unit_problems({unit: None for one in periods for unit in one.result.units.values()})
    if until is not None:
        refusals += begun_too_late(overrides, until)
        periods = cut_off(periods, until)
    refuse(refusals)
    return periods
