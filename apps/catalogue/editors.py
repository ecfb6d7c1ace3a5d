"""Who has had a hand in a wording, so that another one approves it. Pure.

An operator of the console is known by the key of the account. A command of a
shell brings only a name: it is then compared with the names of all others.
"""

from collections.abc import Iterable

from kernel.actors import Actor
from kernel.vietnamese import fold

LONGEST = 200


def editor_key(actor: Actor) -> str:
    """``OPERATOR:7:nguyen van dieu``; without an account ``OPERATOR::nguyen van dieu``."""
    number = "" if actor.id is None else actor.id
    return f"{actor.kind}:{number}:{fold(actor.name)}"[:LONGEST]


def has_edited(editors: Iterable[str], actor: Actor) -> bool:
    return any(_is_same(known, editor_key(actor)) for known in editors)


def _is_same(one: str, other: str) -> bool:
    (kind, number, name), (kind_2, number_2, name_2) = one.split(":", 2), other.split(":", 2)
    if number and number_2:
        return (kind, number) == (kind_2, number_2)
    return name == name_2
