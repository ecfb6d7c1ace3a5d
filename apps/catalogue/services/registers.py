"""What a file is held against: one register a scope, and what of it the comparing and the deciding must know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from apps.catalogue.models import SourceChange
from kernel.actors import Actor

RETIRED = "retired:"  # before the fingerprint of a row that is retired


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the register as it stands."""

    row: dict[str, Any]
    fingerprint: str

    @property
    def retired(self) -> bool:
        return self.fingerprint.startswith(RETIRED)


class Register(Protocol):
    scope: str

    def standing(self, codes: Sequence[str]) -> dict[str, Standing]:
        """Of these codes, those that the register knows."""

    def living_codes(self) -> set[str]:
        """All that are not retired."""

    def note_seen(self, codes: Sequence[str], now: datetime) -> None:
        """They still stand in the list that was just read."""

    def find_blocked(self, changes: Sequence[SourceChange]) -> Mapping[str, str]:
        """Code → why its change cannot be accepted now."""

    def write(self, changes: Sequence[SourceChange], *, by: Actor, now: datetime) -> None:
        """Carry out accepted changes that are not stale."""


_makers: dict[str, Callable[[str], Register]] = {}


def register_maker(prefix: str, maker: Callable[[str], Register]) -> None:
    """``prefix`` is a scope, or its part before the colon."""
    _makers[prefix] = maker


def get_register(scope: str) -> Register:
    prefix, _, key = scope.partition(":")
    return _makers[prefix](key)


def lock_scope(scope: str) -> None:
    """Until the end of the transaction: one import or decision a register at a time, the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"catalogue {scope}"])
