"""The oldest release whose schema the running code can serve. The line of releases is known above; it is told here."""

from collections.abc import Callable

_read: Callable[[], int] = lambda: 1  # noqa: E731 - until the roof has said where to read it
_known: int | None = None


def set_minimum_release(read: Callable[[], int]) -> None:
    """``read`` gives the number of the release; it is asked once, when the first request or task needs it."""
    global _read, _known
    _read, _known = read, None


def get_minimum_release() -> int:
    global _known
    if _known is None:
        _known = _read()
    return _known
