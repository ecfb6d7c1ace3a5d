"""Who may change a unit, and what hangs on it. Public: the rooms above ask the same question."""

from apps.organisations.errors import NotYourUnit
from kernel.actors import Actor, ActorKind

ADMINISTRATOR = "UNIT_ADMIN"  # the duty's code; its name is apps.accounts.enums.Duty's
HOUSE = frozenset({ActorKind.SYSTEM, ActorKind.OPERATOR})


def can_administer(by: Actor, unit_path: str | None) -> bool:
    """A unit's administrator, for that unit and all below it. The house itself may everywhere."""
    return by.kind in HOUSE or by.may(ADMINISTRATOR, unit_path=unit_path)


def require_administrator(by: Actor, unit_path: str | None) -> None:
    """Raises NotYourUnit: nobody changes units, people or duties that are not theirs."""
    if not can_administer(by, unit_path):
        raise NotYourUnit()


def require_house(by: Actor) -> None:
    """Raises NotYourUnit for everybody but the platform itself: what is not a person's to do."""
    if by.kind not in HOUSE:
        raise NotYourUnit()
