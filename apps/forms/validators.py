"""The validator of forms: JSON Schema as it is, but that expressions are matched by RE2. Pure."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from apps.forms.kinds import LONGEST_TEXT
from apps.forms.patterns import PatternRefused, compile_pattern


def _pattern(_validator: Any, pattern: str, text: object, _schema: Any) -> Iterator[ValidationError]:
    """A text that is too long for any answer is not even looked at, nor is an expression that could blow up."""
    if not isinstance(text, str):
        return
    try:
        fits = len(text) <= LONGEST_TEXT and compile_pattern(pattern).search(text) is not None
    except (PatternRefused, UnicodeEncodeError):
        fits = False
    if not fits:
        yield ValidationError("pattern")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})
_FORMATS = FormatChecker(("date", "email"))


def validator_of(schema: dict[str, Any]) -> Draft202012Validator:
    made: Draft202012Validator = _Validator(schema, format_checker=_FORMATS)
    return made
