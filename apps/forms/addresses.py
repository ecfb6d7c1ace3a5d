"""Where in the answers an address stands: by itself, as the home of a person, in the rows of a group. Pure."""

from collections.abc import Iterator
from typing import Any

from apps.forms.compiling import Field, Form
from apps.forms.judging import Place


def addresses_in(form: Form, answers: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """In the order of the form. Answers that are no objects, where objects are asked for, are passed over."""
    yield from _below(form.fields, answers, ())


def _below(fields: tuple[Field, ...], answers: object, at: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    if not isinstance(answers, dict):
        return
    for field in fields:
        value, place = answers.get(field.name), (*at, field.name)
        if field.kind == "address" and isinstance(value, dict):
            yield place, value
        elif field.kind == "person":
            yield from _below(field.fields, value, place)
        elif field.kind == "group" and isinstance(value, list):
            for index, row in enumerate(value):
                yield from _below(field.fields, row, (*place, index))
