"""What a release is called. Releases stand above this room, so they hand the answer in."""

from collections.abc import Callable

_namer: Callable[[int], str] | None = None


def set_release_namer(namer: Callable[[int], str]) -> None:
    """Wired once by the roof: from a release's number to its name."""
    global _namer
    _namer = namer


def release_name(number: int) -> str:
    if _namer is None:
        raise RuntimeError("no namer is wired: an archive would not say of which release it is")
    return _namer(number)
