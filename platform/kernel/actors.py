"""Who acts: carried through every command as ``by``, never looked up inside."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    STAFF = "STAFF"
    CLIENT = "CLIENT"  # a program on the API
    APPLICANT = "APPLICANT"
    OPERATOR = "OPERATOR"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing an actor may do, and how far it reaches.

    ``unit_path`` is a materialised path (``/1/24/``) that covers everything
    below it. None means "everywhere" for each of the three scopes.
    """

    duty: str
    unit_path: str | None = None
    procedure: str | None = None
    step: str | None = None
    on_behalf_of: int | None = None  # set when the grant was delegated

    def covers(self, duty: str, unit_path: str | None, procedure: str | None, step: str | None) -> bool:
        return (
            self.duty == duty
            and (self.unit_path is None or (unit_path is not None and unit_path.startswith(self.unit_path)))
            and (self.procedure is None or self.procedure == procedure)
            and (self.step is None or self.step == step)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """``id`` is the actor's key inside the tenant; ``name`` is what the trail shows for ever."""

    kind: ActorKind
    id: int | None
    name: str
    unit_id: int | None = None
    grants: tuple[Grant, ...] = ()

    def may(
        self,
        duty: str,
        *,
        unit_path: str | None = None,
        procedure: str | None = None,
        step: str | None = None,
    ) -> bool:
        return any(grant.covers(duty, unit_path, procedure, step) for grant in self.grants)


SYSTEM = Actor(kind=ActorKind.SYSTEM, id=None, name="Hệ thống")
