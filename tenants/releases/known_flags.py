"""Which features ask for a flag. They are made in the rooms above, so the roof hands the list in.

A key that nobody asks for would switch nothing on, and say nothing: whoever sets one is told which there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class KnownFlag:
    """``since``: the release that brought the flag. ``on_until_set``: what was there before it had a flag stays
    until an operator says where it is to be; something new stays off.
    """

    key: str
    title: str | Promise
    since: str
    on_until_set: bool = False


_known: dict[str, KnownFlag] = {}


def set_known_flags(flags: Sequence[KnownFlag]) -> None:
    """Wired once by the roof."""
    global _known
    _known = {flag.key: flag for flag in flags}


def list_known_flags() -> list[KnownFlag]:
    """By key."""
    return [_known[key] for key in sorted(_known)]


def find_known_flag(key: str) -> KnownFlag | None:
    return _known.get(key)


def get_known_flag(key: str) -> KnownFlag:
    """Raises KeyError: a room that asks for a flag which is on no list has mistyped it."""
    return _known[key]
