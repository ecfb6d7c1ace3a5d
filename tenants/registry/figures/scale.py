"""A logarithmic scale of durations: one number instead of every request, wrong by at most a seventh. Pure."""

from collections.abc import Mapping
from math import log2

_FINEST_SECONDS = 0.0001
_STEPS_AN_OCTAVE = 5  # neighbours are 15 % apart
_LAST = 119  # some 27 minutes: longer than any server lets a request run


def step_of(seconds: float) -> int:
    """The step that a duration falls on."""
    if seconds <= _FINEST_SECONDS:
        return 0
    return min(_LAST, int(log2(seconds / _FINEST_SECONDS) * _STEPS_AN_OCTAVE))


def milliseconds_of(step: int) -> float:
    """The longest duration of a step: what is told is never better than what was."""
    return 1000 * _FINEST_SECONDS * 2 ** ((step + 1) / _STEPS_AN_OCTAVE)


def percentile(steps: Mapping[int, int], share: float) -> float | None:
    """Milliseconds that ``share`` (0.95) of the requests did not exceed; None of nothing."""
    total, seen = sum(steps.values()), 0
    for step in sorted(steps):
        seen += steps[step]
        if seen >= share * total:
            return milliseconds_of(step)
    return None
