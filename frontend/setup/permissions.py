"""Who may do what in this room. Units and people are also guarded by their services; the calendar is guarded here."""

from apps.accounts.enums import Duty
from apps.organisations.permissions import can_administer
from kernel.actors import Actor

ROOM = (Duty.UNIT_ADMIN, Duty.PROCEDURE_CONTROLLER)
UPGRADES = (Duty.UNIT_ADMIN, Duty.TECHNICIAN)
DOOR = (*ROOM, Duty.TECHNICIAN)  # who comes in at all


def administered_paths(by: Actor) -> list[str]:
    """The units that the person administers, each with all below it; a narrower one inside a wider is left out."""
    paths = sorted(
        {grant.unit_path for grant in by.grants if grant.duty == Duty.UNIT_ADMIN and grant.unit_path}
    )
    return [path for path in paths if not any(path != wider and path.startswith(wider) for wider in paths)]


def can_keep_people(by: Actor) -> bool:
    return bool(administered_paths(by))


def can_keep_procedures(by: Actor) -> bool:
    return any(grant.duty == Duty.PROCEDURE_CONTROLLER for grant in by.grants)


def can_put_off_upgrades(by: Actor) -> bool:
    """The province's own IT people: an administrator or a technician of the whole tree."""
    return any(
        grant.duty in UPGRADES and (grant.unit_path is None or grant.unit_path.count("/") == 2)
        for grant in by.grants
    )


def can_change_calendar(by: Actor, unit_path: str | None) -> bool:
    """A unit's own days: its administrator. The whole tenant's: an administrator or controller at the root."""
    if unit_path is not None:
        return can_administer(by, unit_path)
    return any(
        grant.duty in ROOM and (grant.unit_path is None or grant.unit_path.count("/") == 2)
        for grant in by.grants
    )
