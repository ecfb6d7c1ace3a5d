"""Answers in words, to be read and printed: by the form of the version that they were given under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.forms.compiling import Field, Form
from frontend.filling.nodes import SOURCE_WORDS, words_of
from frontend.filters import day, vnd

Rows = list[tuple[str, str]]


@dataclass(slots=True)
class ToldPart:
    """``title`` is empty for the single answers of a section; else it is a person, or one row of a group."""

    title: str
    rows: Rows
    source: str = ""


@dataclass(slots=True)
class ToldSection:
    title: str
    parts: list[ToldPart] = field(default_factory=list)


def tell(form: Form, answers: Mapping[str, Any]) -> list[ToldSection]:
    """What was not answered is left out."""
    sections = []
    for section in form.sections:
        told = ToldSection(words_of(section.schema) or section.title, list(_parts(section.fields, answers)))
        if told.parts:
            sections.append(told)
    return sections


def _parts(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Iterator[ToldPart]:
    simple: Rows = []
    for one in fields:
        if one.name not in answers:
            continue
        value, title = answers[one.name], words_of(one.schema) or one.name
        if one.kind in ("person", "group"):
            if simple:
                yield ToldPart("", simple)
                simple = []
            yield from _blocks(one, title, value)
        else:
            simple.append((title, _words(one.kind, value)))
    if simple:
        yield ToldPart("", simple)


def _blocks(one: Field, title: str, value: Any) -> Iterator[ToldPart]:
    if one.kind == "person" and isinstance(value, dict):
        yield ToldPart(title, _flat(one.fields, value), str(SOURCE_WORDS.get(value.get("source", ""), "")))
    elif one.kind == "group" and isinstance(value, list):
        for number, row in enumerate(value, start=1):
            yield ToldPart(f"{title} {number}", _flat(one.fields, row))


def _flat(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Rows:
    rows: Rows = []
    for one in fields:
        if one.name not in answers:
            continue
        value, title = answers[one.name], words_of(one.schema) or one.name
        if one.kind == "person":
            rows += [(f"{title}: {name}", text) for name, text in _flat(one.fields, value)]
        else:
            rows.append((title, _words(one.kind, value)))
    return rows


def _words(kind: str, value: Any) -> str:
    if kind in ("yes_no", "tick"):
        return _("Có") if value is True else _("Không")
    if kind == "date":
        try:
            return day(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if kind == "money" and isinstance(value, int):
        return vnd(value)
    if kind == "address" and isinstance(value, dict):
        names = (value.get(part, "") for part in ("detail", "commune_name", "province_name"))
        return ", ".join(name for name in names if name)
    if kind == "choices" and isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))
    return str(value)
