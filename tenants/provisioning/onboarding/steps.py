"""Where the roof hangs in what a new tenant gets: this house knows no unit, no duty and no procedure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from kernel.actors import Actor
from tenants.provisioning.onboarding.reading import Reading


def _nothing(by: Actor, now: datetime) -> None:
    """When nothing differs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``lines`` say what would change, one each; without any, there is nothing to carry out.

    ``kept`` says what the tenant has and the file does not name: it stays, and whoever took it out of the file is told.
    """

    lines: list[str] = field(default_factory=list)
    carry_out: Callable[[Actor, datetime], None] = _nothing
    kept: list[str] = field(default_factory=list)


_MOST_NAMED = 8


def name_kept(what: str, names: Iterable[str]) -> list[str]:
    """One line of ``Plan.kept``, the first names spelled out; none when there is nothing."""
    found = sorted(names)
    shown = ", ".join(found[:_MOST_NAMED])
    return [f"{len(found)} {what}: {shown}{' …' if len(found) > _MOST_NAMED else ''}"] if found else []


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the file.

    ``read`` finds every problem of the part and hands back what was asked for;
    in the tenant's context when the tenant is there. ``plan`` compares that
    with what is there, in the tenant's context, or with nothing when ``born`` is
    False: then there is no schema yet and it may not look.
    """

    key: str
    title: str | Promise
    read: Callable[[Reading], Any]
    plan: Callable[[Any, bool], Plan]


_load: Callable[[], tuple[Step, ...]] = tuple
_steps: tuple[Step, ...] | None = None


def set_steps(load: Callable[[], tuple[Step, ...]]) -> None:
    """Wired once by the roof, in the order in which they are carried out; asked for when first needed."""
    global _load, _steps
    _load, _steps = load, None


def get_steps() -> tuple[Step, ...]:
    global _steps
    if _steps is None:
        _steps = _load()
    return _steps
