"""What a spreadsheet would run instead of showing: refused where it comes in, made text where it goes out. Pure.

A list of papers is written with dashes and pluses (``- Bản sao …``, ``+ Tờ khai``), and ``-5`` is a number:
a sign alone makes no formula. What follows it must be something that a spreadsheet works out: a number with
an operator (``-2+3``), a cell (``-A1``), a function with its arguments (``-HYPERLINK("…")``), another program
(``+1+cmd|' /C calc'!A0``). Words after a sign end the question, for a spreadsheet cannot read them either.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.catalogue.content import Problem

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNSEEN = "\ufeff\u200b\u2060"  # passed over by the eye, and by some spreadsheets
_HALF_WIDTH = str.maketrans("＝＋－＠−", "=+-@-")  # some spreadsheets take the wide marks for the narrow ones

_OPERAND = re.compile(
    r"(?P<function>[A-Za-z_][A-Za-z0-9_.]*\(\s*\)?)"
    r"|(?P<sheet>(?:'[^']*'|[\w.\[\]]+)!\$?[A-Za-z]{1,3}\$?\d+)"
    r"|(?P<number>(?:\d+(?:[.,]\d+)*\.?|\.\d+)(?:[eE][+-]?\d+)?%?(?!\w))"
    r"|(?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7}(?!\w))"
    r'|(?P<text>(?:"[^"]*")+)'
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.]*(?!\w))"
)
_PROOF = frozenset({"function", "sheet", "cell"})
_BEFORE, _BEHIND = re.compile(r"[-+(\s]*"), re.compile(r"[)\s]*")  # of an operand
_OPERATORS = frozenset("+-*/^&=<>:")
# Anywhere behind a sign: what reaches out of the sheet. program|'topic'!item, and functions that fetch.
_PROGRAM = re.compile(r"\w\|\s*(?:'[^'|]*'|[^\s'|!]+)!")
_FETCHING = re.compile(
    r"\b(?:(?:HYPERLINK|WEBSERVICE|FILTERXML|IMPORT(?:XML|DATA|HTML|RANGE|FEED))\s*"
    r"|IMAGE|INDIRECT|DDE|CALL|EXEC|REGISTER(?:\.ID)?)\(",
    re.IGNORECASE,
)


def safe_cell(value: object) -> object:
    """For what is written out: a cell that a spreadsheet might run is made text, a dash before words as well."""
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS) else value


def is_formula(text: str) -> bool:
    if text[:1] in ("\t", "\r"):
        return True
    bare = text.lstrip().lstrip(_UNSEEN).lstrip().translate(_HALF_WIDTH)
    if bare.startswith(("=", "@")):
        return True
    if not bare.startswith(("+", "-")):
        return False
    return bool(_PROGRAM.search(bare) or _FETCHING.search(bare)) or _is_worked_out(bare)


def formula_problem(place: str, text: str) -> Problem | None:
    """The one check of what comes in: a cell of a list, or a text of a record."""
    if not is_formula(text):
        return None
    why = _("ô là công thức bảng tính: {text}").format(text=" ".join(text[:80].split()))
    return Problem(place, "import.formula_cell", why)


def formula_problems(found: object, place: str) -> Iterator[Problem]:
    """Every such text in a JSON value, by its path, in the order of the file. By hand: it may be nested deep.

    Text of a portal begins with line breaks often enough. In JSON that hides no cell, and ``safe_cell`` guards
    what is written out.
    """
    levels: list[Iterator[tuple[str, object]]] = [iter([(place, found)])]
    while levels:
        here, node = next(levels[-1], ("", None))
        if isinstance(node, str):
            problem = formula_problem(here, node.lstrip())
            if problem is not None:
                yield problem
        elif isinstance(node, dict | list):
            levels.append(_children(here, node))
        elif not here:
            levels.pop()


def _children(here: str, node: dict[str, object] | list[object]) -> Iterator[tuple[str, object]]:
    if isinstance(node, dict):
        yield from ((f"{here}.{str(key)[:80]}", one) for key, one in node.items())
    else:
        yield from ((f"{here}[{index}]", one) for index, one in enumerate(node))


def _is_worked_out(text: str) -> bool:
    """Operands and operators from the left: whether all of it is a formula, and more than one number or name."""
    at, called, numbers, operators, proof = 0, False, False, False, False
    while True:
        found = _OPERAND.match(text, _end(_BEFORE, text, at))
        if found is None:
            return False  # words
        at = found.end()
        numbers, proof = numbers or found.lastgroup == "number", proof or found.lastgroup in _PROOF
        if found.lastgroup == "function":
            called = True
            if not found.group().endswith(")"):
                continue
        at = _end(_BEHIND, text, at)
        if at == len(text):
            return proof or (operators and numbers)
        if text[at] not in _OPERATORS and not (called and text[at] in ",;"):
            return False
        operators, at = True, at + 1


def _end(marks: re.Pattern[str], text: str, at: int) -> int:
    found = marks.match(text, at)
    return found.end() if found else at
