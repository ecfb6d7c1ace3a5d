"""The language of conditions: comparisons of names and literals, and nothing that can run.

Its grammar stands in docs/bpmn.md. Reading is a hand-written descent without
eval; evaluating never fails: what cannot be compared is simply not so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 1000
_DEEPEST = 30
_TOKEN = re.compile(
    r"\s*(?:(?P<op>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?)"
    r"|'(?P<single>[^'\\\n]*)'|\"(?P<double>[^\"\\\n]*)\""
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*)?))"
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}
_RESERVED = frozenset({"and", "or", "not", "in", *_CONSTANTS})


class ConditionUnreadable(ValueError):
    """``args[0]`` is the position, counted from 1, where reading stopped."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``tree`` is nested tuples; ``names`` is all it asks for; ``compared`` are (name, text) pairs."""

    text: str
    tree: tuple[Any, ...]
    names: frozenset[str]
    compared: frozenset[tuple[str, str]]

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """A name that is not in ``facts`` is null."""
        return _holds(self.tree, facts)


def parse_condition(text: str) -> Condition:
    """Raises ConditionUnreadable."""
    if len(text) > LONGEST:
        raise ConditionUnreadable(LONGEST)
    reader = _Reader(_tokens(text), len(text.rstrip()) + 1)
    tree = reader.any_of(0)
    reader.expect_end()
    return Condition(text.strip(), tree, frozenset(reader.names), frozenset(_compared(tree)))


def _tokens(text: str) -> list[tuple[str, Any, int]]:
    """(kind, value, position) of each word."""
    found: list[tuple[str, Any, int]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionUnreadable(end - len(text[at:end].lstrip()) + 1)
        kind = str(match.lastgroup)
        value: Any = match[kind]
        if kind == "number":
            value = float(value) if "." in value else int(value)
        elif kind in ("single", "double"):
            kind = "text"
        found.append((kind, value, match.start(match.lastgroup or 0) + 1))
        at = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[tuple[str, Any, int]], end: int) -> None:
        self._tokens, self._at, self._end = tokens, 0, end
        self.names: set[str] = set()

    def _peek(self) -> tuple[str, Any, int]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", None, self._end)

    def _take(self, kind: str, *values: Any) -> Any:
        """The next token's value if it is one of these, else the sentinel None (no value is None)."""
        found = self._peek()
        if found[0] == kind and (not values or found[1] in values):
            self._at += 1
            return found[1]
        return None

    def _stop(self) -> ConditionUnreadable:
        return ConditionUnreadable(self._peek()[2])

    def expect_end(self) -> None:
        if self._peek()[0] != "end":
            raise self._stop()

    def any_of(self, depth: int) -> tuple[Any, ...]:
        parts = [self._all_of(depth)]
        while self._take("word", "or"):
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def _all_of(self, depth: int) -> tuple[Any, ...]:
        parts = [self._part(depth)]
        while self._take("word", "and"):
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def _part(self, depth: int) -> tuple[Any, ...]:
        if depth > _DEEPEST:
            raise self._stop()
        if self._take("word", "not"):
            return ("not", self._part(depth + 1))
        if self._take("op", "("):
            inner = self.any_of(depth + 1)
            if not self._take("op", ")"):
                raise self._stop()
            return inner
        return self._comparison()

    def _comparison(self) -> tuple[Any, ...]:
        left = self._value()
        if operator := self._take("op", *_COMPARISONS):
            return (operator, left, self._value())
        if self._take("word", "in"):
            return ("in", left, self._list())
        return ("is", left)

    def _list(self) -> tuple[Any, ...]:
        if not self._take("op", "["):
            raise self._stop()
        values = [self._literal()]
        while self._take("op", ","):
            values.append(self._literal())
        if not self._take("op", "]"):
            raise self._stop()
        return tuple(values)

    def _literal(self) -> tuple[str, Any]:
        value = self._value()
        if value[0] != "literal":
            self._at -= 1
            raise self._stop()
        return value

    def _value(self) -> tuple[str, Any]:
        kind, value, _ = self._peek()
        if kind in ("number", "text"):
            self._at += 1
            return ("literal", value)
        if kind != "word" or (value in _RESERVED and value not in _CONSTANTS):
            raise self._stop()
        self._at += 1
        if value in _CONSTANTS:
            return ("literal", _CONSTANTS[value])
        self.names.add(value)
        return ("name", value)


def _compared(tree: tuple[Any, ...]) -> set[tuple[str, str]]:
    """Every text that a name is compared with: a validation knows which texts a decision can be."""
    operator, *parts = tree
    if operator in ("and", "or", "not"):
        return set().union(*(_compared(part) for part in parts))
    if operator == "in":
        pairs = [(parts[0], item) for item in parts[1]]
    elif operator == "is":
        pairs = []
    else:
        pairs = [(parts[0], parts[1]), (parts[1], parts[0])]
    return {
        (name, text)
        for (left, name), (right, text) in pairs
        if left == "name" and right == "literal" and isinstance(text, str)
    }


def _holds(tree: tuple[Any, ...], facts: Mapping[str, Any]) -> bool:
    operator, *parts = tree
    match operator:
        case "or":
            return any(_holds(part, facts) for part in parts)
        case "and":
            return all(_holds(part, facts) for part in parts)
        case "not":
            return not _holds(parts[0], facts)
        case "is":
            return _value(parts[0], facts) is True
        case "in":
            left = _value(parts[0], facts)
            return any(_same(left, value) for _, value in parts[1])
        case "==":
            return _same(_value(parts[0], facts), _value(parts[1], facts))
        case "!=":
            return not _same(_value(parts[0], facts), _value(parts[1], facts))
    return _ordered(operator, _value(parts[0], facts), _value(parts[1], facts))


def _value(leaf: tuple[str, Any], facts: Mapping[str, Any]) -> Any:
    kind, value = leaf
    return facts.get(value) if kind == "name" else value


def _kind(value: Any) -> str:
    """Python holds True for 1; this language does not."""
    if isinstance(value, bool):
        return "truth"
    return "number" if isinstance(value, int | float) else type(value).__name__


def _same(left: Any, right: Any) -> bool:
    return _kind(left) == _kind(right) and left == right


def _ordered(operator: str, left: Any, right: Any) -> bool:
    if _kind(left) != _kind(right) or _kind(left) not in ("number", "str"):
        return False
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left > right) if operator == ">" else bool(left >= right)
