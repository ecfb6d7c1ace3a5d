"""Regular expressions of forms: matched by RE2, in time that grows with the text and never faster.

``re`` tries again and again: ``(a+)+$`` on thirty letters keeps a process busy
for minutes. RE2 has no backtracking, and so neither look-around nor
back-references; an expression that needs them is refused. What needs no more
than a look is refused all the same where other validators, who get the
published schema, would hang: a repetition inside a repetition.
"""

from functools import lru_cache
from typing import Any

import re2

LONGEST = 200
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20


class PatternRefused(Exception):
    """RE2 cannot hold it, or another validator could not."""


@lru_cache(maxsize=2048)  # of definitions, the same for all tenants
def compile_pattern(pattern: str) -> Any:
    """Raises PatternRefused."""
    if len(pattern) > LONGEST or repeats_a_repetition(pattern):
        raise PatternRefused
    try:
        return re2.compile(pattern, options=_OPTIONS)
    except re2.error as refused:
        raise PatternRefused from refused


def repeats_a_repetition(pattern: str) -> bool:
    """``(a+)+``, ``(a*){3}``, ``(a?b)*``: a group that may be long or short inside is itself repeated."""
    inside: list[bool] = [False]  # for each open group: has it an open end inside?
    closed = False  # the group that has just been closed had one
    position = 0
    while position < len(pattern):
        sign = pattern[position]
        if closed and sign in "*+{":
            return True
        closed = False
        if sign == "\\":
            position += 1
        elif sign == "[":
            position = _end_of_class(pattern, position)
        elif sign == "(":
            inside.append(False)
            position += pattern.startswith("?", position + 1)
        elif sign in "*+?" or (sign == "{" and "," in pattern[position : pattern.find("}", position) + 1]):
            inside[-1] = True
        elif sign == ")" and len(inside) > 1:
            closed = inside.pop()
            inside[-1] |= closed
        position += 1
    return False


def _end_of_class(pattern: str, start: int) -> int:
    position = start + 1
    if pattern[position : position + 1] == "^":
        position += 1
    if pattern[position : position + 1] == "]":  # first in a class it is a letter
        position += 1
    while position < len(pattern) and pattern[position] != "]":
        position += 2 if pattern[position] == "\\" else 1
    return position
