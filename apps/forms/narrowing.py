"""Which answers that a form takes would no longer be taken once it has a new wording. Pure.

For programs that hand answers in by themselves: a person sees the new page, a program does
not. What the wording in force refuses already is no news and is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from apps.forms.compiling import Field, Form, answer_schema
from apps.forms.conditions import Condition, fields_in, holds
from apps.forms.judging import title_of
from apps.forms.validators import validator_of

MOST_FAULTS = 50  # of one answer
_SCREEN = frozenset(
    {"title", "x-title-en", "description", "default", "x-kind", "x-section", "x-width", "x-look", "x-order"}
)


class Fault(StrEnum):
    REMOVED = "REMOVED"
    RENAMED = "RENAMED"  # the same question under another name
    REQUIRED = "REQUIRED"
    NARROWER = "NARROWER"
    NOT_ASKED = "NOT_ASKED"  # in the case that the answers describe


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """``field``: names without the number of a row, ``witnesses.name``; never an answer. ``now``: the new name."""

    field: str
    fault: Fault
    title: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class _Judged:
    field: Field
    validator: Draft202012Validator | None  # None: what it takes has not changed


class Narrowing:
    """``values``: questions whose answers must be seen; of those in ``presence`` it is enough that there is one."""

    def __init__(self, before: Form, after: Form) -> None:
        self._before, self._after = before, after
        old, new = _answered(before), _answered(after)
        changed = {name for name in old.keys() & new.keys() if _takes(old[name]) != _takes(new[name])}
        moved = {name for name in old.keys() & new.keys() if _asking(old[name]) != _asking(new[name])}
        came = {name for name in new.keys() - old.keys() if new[name].required or new[name].required_when}
        self._gone = old.keys() - new.keys()
        self._renamed = _renamed(old, new)
        touched = changed | moved | came
        self._old = [_judged(old[name], name in changed) for name in sorted(touched & old.keys())]
        self._new = [_judged(new[name], name in changed) for name in sorted(touched)]
        asked = {name for one in (*self._old, *self._new) for name in _asks_about(one.field)}
        self.values = tuple(sorted(changed | asked))
        self.presence = tuple(sorted((touched | self._gone) - changed - asked))

    def breaks(self, answers: dict[str, Any]) -> set[Break]:
        """Of answers cut down to ``values``, with True for each of ``presence`` that was answered."""
        known = {place for one in self._old for place in _faults(one, answers)}
        found = {place for one in self._new for place in _faults(one, answers)} - known
        found -= {(Fault.REQUIRED, (name,)) for name in self._renamed.values()}
        broken = {self._named(fault, place) for fault, place in found}
        for name in self._gone & answers.keys():
            now = self._renamed.get(name, "")
            fault = Fault.RENAMED if now else Fault.REMOVED
            broken.add(Break(name, fault, title_of(self._before, (name,)), now))
        return broken

    def _named(self, fault: Fault, place: tuple[str, ...]) -> Break:
        form = self._before if fault == Fault.REMOVED else self._after
        return Break(".".join(place), fault, title_of(form, place))


def _answered(form: Form) -> dict[str, Field]:
    return {field.name: field for field in form.fields if field.kind != "paper"}


def _takes(field: Field) -> Any:
    return _without_screen(answer_schema(field))


def _without_screen(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_screen(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without_screen(one) for name, one in value.items()}  # a question may be called “title”
        if key == "properties"
        else _without_screen(value)
        for key, value in node.items()
        if key not in _SCREEN
    }


def _asking(field: Field) -> tuple[bool, Condition | None, Condition | None]:
    return field.required, field.when, field.required_when


def _asks_about(field: Field) -> Iterator[str]:
    for condition in (field.when, field.required_when):
        if condition is not None:
            yield from (name for name, _values in fields_in(condition))


def _renamed(old: dict[str, Field], new: dict[str, Field]) -> dict[str, str]:
    """Old name → new one, where exactly one question of the same words and kind went and came."""
    came: dict[tuple[str, str], list[str]] = {}
    for name in sorted(new.keys() - old.keys()):
        came.setdefault((new[name].title.casefold(), new[name].kind), []).append(name)
    went: dict[tuple[str, str], list[str]] = {}
    for name in sorted(old.keys() - new.keys()):
        went.setdefault((old[name].title.casefold(), old[name].kind), []).append(name)
    return {
        names[0]: came[words][0]
        for words, names in went.items()
        if len(names) == 1 and len(came.get(words, ())) == 1
    }


def _judged(field: Field, is_changed: bool) -> _Judged:
    return _Judged(field, validator_of(answer_schema(field)) if is_changed else None)


def _faults(judged: _Judged, answers: dict[str, Any]) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    field, is_there = judged.field, judged.field.name in answers
    if field.when is not None and not holds(field.when, answers):
        if is_there:
            yield Fault.NOT_ASKED, (field.name,)
        return
    if not is_there:
        if field.required or (field.required_when is not None and holds(field.required_when, answers)):
            yield Fault.REQUIRED, (field.name,)
        return
    if judged.validator is not None:
        for error in islice(judged.validator.iter_errors(answers[field.name]), MOST_FAULTS):
            yield from _told(error, field.name)


def _told(error: ValidationError, name: str) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    place = (name, *(part for part in error.absolute_path if isinstance(part, str)))
    if error.validator == "required":
        missing = [one for one in error.validator_value if one not in error.instance]
        yield from ((Fault.REQUIRED, (*place, one)) for one in missing)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        yield from ((Fault.REMOVED, (*place, one)) for one in error.instance if one not in known)
    else:
        yield Fault.NOT_ASKED if error.validator == "not" else Fault.NARROWER, place
