"""From one column to another: does every old value fit, and does old code still read what it expects?"""

import re
from typing import Any

from django.db import models

from tenants.registry.postgresql.typed import connection

_TYPE = re.compile(
    r"(?P<name>[a-z ]+?)\s*(?:\((?P<first>\d+)(?:,\s*(?P<second>\d+))?\))?(?P<array>(\[\d*\])*)"
)
_INTEGERS = ["smallint", "integer", "bigint"]


def type_of(made: "models.Field[Any, Any]") -> str:
    """As PostgreSQL writes it in a definition, small letters; empty when the field has no column."""
    return str(made.db_parameters(connection)["type"] or "").lower()


def check_of(made: "models.Field[Any, Any]") -> Any:
    return made.db_parameters(connection).get("check")


def is_narrower(old: str, new: str) -> bool:
    """Whether a value of ``old`` may not fit in ``new``, or would come back as another kind of thing."""
    if old == new:
        return False
    was, now = _TYPE.fullmatch(old), _TYPE.fullmatch(new)
    if was is None or now is None or was["array"] != now["array"]:
        return True
    return not _is_wider(was, now)


def is_rewritten(old: str, new: str) -> bool:
    """Whether PostgreSQL writes the whole table anew: not for letters, and not for a numeric with more digits."""
    letters = ("varchar", "text", "character varying")
    both = old.partition("(")[0], new.partition("(")[0]
    if all(name in letters for name in both):
        return False
    return not (both == ("numeric", "numeric") and _scale(old) == _scale(new))


def _is_wider(was: re.Match[str], now: re.Match[str]) -> bool:
    names = was["name"], now["name"]
    if names in (("varchar", "text"), ("text", "text"), ("real", "double precision")):
        return True
    if names == ("varchar", "varchar"):
        return now["first"] is None or (was["first"] is not None and int(was["first"]) <= int(now["first"]))
    if all(name in _INTEGERS for name in names):
        return _INTEGERS.index(names[0]) <= _INTEGERS.index(names[1])
    if names == ("numeric", "numeric"):
        return now["first"] is None or (was["first"] is not None and _more_digits(was, now))
    return False


def _more_digits(was: re.Match[str], now: re.Match[str]) -> bool:
    old_scale, new_scale = int(was["second"] or 0), int(now["second"] or 0)
    return old_scale <= new_scale and int(was["first"]) - old_scale <= int(now["first"]) - new_scale


def _scale(text: str) -> str:
    found = _TYPE.fullmatch(text)
    return (found["second"] or "0") if found else ""
