"""Waking the runner in the background: told from above, because who works there is the roof's to know."""

from collections.abc import Callable

_wake: Callable[[], None] | None = None


def set_waker(wake: Callable[[], None] | None) -> None:
    """Wired once by the roof."""
    global _wake
    _wake = wake


def wake_runner() -> None:
    """After a rollout was started or resumed. The clock's round is the safety net."""
    if _wake is not None:
        _wake()
