"""Whether a CHECK can refuse a row of old code, which leaves the new columns as the database fills them.

A condition is worked out as the set of what it may become (true, false, null)
when the old columns may hold anything. A CHECK lets a row pass unless it is false.
"""

import operator
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from django.db.models import Q

Outcome = bool | None
_ANY: frozenset[Outcome] = frozenset({True, False, None})
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, several: value in several,
}


def can_refuse(condition: Any, left: Mapping[str, Any]) -> bool:
    """``left``: new column → the value that old code leaves in it."""
    return False in _outcomes(condition, left)


def can_hold(condition: Any, left: Mapping[str, Any]) -> bool:
    """Whether the condition of a partial index can take in a row of old code."""
    return True in _outcomes(condition, left)


def is_looser(new: Any, old: Any) -> bool:
    """Whether ``new`` is ``old`` with more values allowed: ``state IN (…)`` is how choices are kept."""
    was, now = _allowed(old), _allowed(new)
    return was is not None and now is not None and was[0] == now[0] and was[1] <= now[1]


def _allowed(condition: Any) -> tuple[str, set[Any]] | None:
    if not isinstance(condition, Q) or condition.negated or len(condition.children) != 1:
        return None
    child = condition.children[0]
    if not isinstance(child, tuple) or not str(child[0]).endswith("__in"):
        return None
    return str(child[0]), set(child[1])


def _outcomes(condition: Any, left: Mapping[str, Any]) -> frozenset[Outcome]:
    if isinstance(condition, tuple):
        return _of_lookup(str(condition[0]), condition[1], left)
    if not isinstance(condition, Q):
        return _ANY
    parts = [_outcomes(child, left) for child in condition.children]
    joined = {_JOIN[condition.connector](several) for several in product(*parts)}
    return frozenset(None if one is None else one is not condition.negated for one in joined)


def _of_lookup(path: str, value: Any, left: Mapping[str, Any]) -> frozenset[Outcome]:
    name, _, lookup = path.partition("__")
    if name not in left or hasattr(value, "resolve_expression"):
        return _ANY
    held = left[name]
    if lookup == "isnull":
        return frozenset({(held is None) is bool(value)})
    if held is None:
        return frozenset({None})
    compare = _COMPARED.get(lookup or "exact")
    return _ANY if compare is None else frozenset({compare(held, value)})


def _all(several: tuple[Outcome, ...]) -> Outcome:
    return False if False in several else None if None in several else True


def _any(several: tuple[Outcome, ...]) -> Outcome:
    return True if True in several else None if None in several else False


def _one(several: tuple[Outcome, ...]) -> Outcome:
    return None if None in several else sum(map(bool, several)) % 2 == 1


_JOIN: dict[str, Callable[[tuple[Outcome, ...]], Outcome]] = {Q.AND: _all, Q.OR: _any, Q.XOR: _one}
