"""Who may do what with a step. Pure: an actor carries all grants along."""

from typing import Protocol

from kernel.actors import Actor, Grant

# Whoever leads the unit of a step, or watches over it, says who does it.
ASSIGNERS = ("DIVISION_HEAD", "SIGNATORY", "SUPERVISOR")  # codes of apps.accounts.enums.Duty


class HasPlace(Protocol):
    """A row or a view of a step."""

    @property
    def duty(self) -> str: ...
    @property
    def unit_path(self) -> str: ...
    @property
    def procedure_code(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def holder_id(self) -> int | None: ...


def find_grant(by: Actor, step: HasPlace) -> Grant | None:
    """What allows this actor to do the step: a duty of their own before a delegated one."""
    covering = [
        grant for grant in by.grants if grant.covers(step.duty, step.unit_path, step.procedure_code, step.key)
    ]
    return min(covering, key=lambda grant: grant.on_behalf_of is not None, default=None)


def find_grant_of_holder(by: Actor, step: HasPlace) -> Grant | None:
    """Like find_grant, for a held step: only its holder may, or who stands in for them."""
    if step.holder_id is None or step.holder_id == by.id:
        return find_grant(by, step)
    standing_in = tuple(grant for grant in by.grants if grant.on_behalf_of == step.holder_id)
    return find_grant(Actor(kind=by.kind, id=by.id, name=by.name, grants=standing_in), step)


def may_assign(by: Actor, step: HasPlace) -> bool:
    return any(by.may(duty, unit_path=step.unit_path, procedure=step.procedure_code) for duty in ASSIGNERS)
