"""Who is spared a fee, as a person reads it: the group, what it pays, on which ground, with which paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.fees.assessment import Group
from frontend.filters import vnd


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    name: str
    effect: str
    ground: str
    evidence: str


def choices_of(groups: Iterable[Group]) -> list[Choice]:
    return [
        Choice(group.key, group.name, _effect(group), group.legal_ground, group.evidence) for group in groups
    ]


def _effect(group: Group) -> str:
    """One fee needs no name; of several each is said."""
    said = [(name, _amount(amount)) for name, amount in group.amounts]
    if len(said) == 1:
        return said[0][1]
    return "; ".join(f"{name}: {what}" for name, what in said)


def _amount(amount: int) -> str:
    return _("nộp %(amount)s") % {"amount": vnd(amount)} if amount else _("được miễn")
