"""The form of a procedure (JSON Schema) as sections of fields, to fill in and to read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from frontend.filters import day
from frontend.typed import read_day

PREFIX = "answers."


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    title: str
    kind: str  # text, long_text, date, integer, number, yes_no, choice, identity, phone
    required: bool
    options: tuple[str, ...]
    hint: str
    default: str
    longest: int


def sections(form: dict[str, Any]) -> list[tuple[str, list[Question]]]:
    """In the order in which they are filled in (``x-order``), by ``x-section``."""
    found: dict[str, list[Question]] = {}
    required = set(form.get("required", ()))
    for name in form.get("x-order") or list(form["properties"]):
        schema = form["properties"][name]
        found.setdefault(schema.get("x-section", ""), []).append(_question(name, schema, name in required))
    return list(found.items())


def _question(name: str, schema: dict[str, Any], required: bool) -> Question:
    kind = schema.get("x-kind") or _kind(schema)
    return Question(
        name=name,
        title=schema.get("title", name),
        kind=kind,
        required=required,
        options=tuple(map(str, schema.get("enum", ()))),
        hint=schema.get("description", ""),
        default=str(schema.get("default", "")),
        longest=schema.get("maxLength", 0),
    )


def _kind(schema: dict[str, Any]) -> str:
    """For an imported form that says nothing of the screen."""
    if "enum" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    kinds = {"integer": "integer", "number": "number", "boolean": "yes_no"}
    return kinds.get(schema.get("type", "string"), "text")


def answers_from(form: dict[str, Any], typed: QueryDict | dict[str, str]) -> dict[str, Any]:
    """Values for the schema. What cannot be read stays as typed, so that the schema refuses it by name."""
    answers: dict[str, Any] = {}
    for _section, questions in sections(form):
        for question in questions:
            text = str(typed.get(PREFIX + question.name, "")).strip()
            if text:
                answers[question.name] = _value(question.kind, text)
    return answers


def _value(kind: str, text: str) -> Any:
    if kind == "date":
        read = read_day(text)
        return read.isoformat() if read else text
    if kind == "integer":
        bare = text.replace(".", "")
        return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else text
    if kind == "number":
        return _decimal(text)
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    if kind in ("identity", "phone"):
        return text.replace(" ", "").replace(".", "")
    return text


def _decimal(text: str) -> Any:
    """``120,5`` as it is written here."""
    try:
        return float(text.replace(".", "").replace(",", "."))
    except ValueError:
        return text


def read_answers(form: dict[str, Any], answers: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For reading: section → (title, value in words). What was not answered is left out."""
    told = []
    for section, questions in sections(form):
        rows = [(one.title, _words(one.kind, answers[one.name])) for one in questions if one.name in answers]
        if rows:
            told.append((section, rows))
    return told


def _words(kind: str, value: Any) -> str:
    if kind == "yes_no":
        return _("Có") if value is True else _("Không")
    if kind == "date":
        try:
            return day(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if isinstance(value, float):
        return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))
    return str(value)
