"""From the definition of a form to what renders and what judges it; once for each content. Pure.

The JSON Schema that judges the answers is the definition with its conditions
written out as if/then/else: what is not asked must not be answered, what is
asked and required must be. The same schema is what the API publishes.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from jsonschema import Draft202012Validator

from apps.forms.conditions import Condition, both, fields_in, holds, to_schema
from apps.forms.kinds import DIALECT, TEXT_KINDS, kind_of, order_of
from apps.forms.validators import validator_of

MOST_KEPT = 512
_SOMETHING = r"\S"  # blanks are no answer: a page takes them away before it asks


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``when``: it is only asked then; ``required_when``: it must be answered then."""

    name: str
    kind: str
    schema: dict[str, Any]
    required: bool
    when: Condition | None
    required_when: Condition | None
    fields: tuple["Field", ...] = ()  # the parts of a person, the columns of a group

    @property
    def title(self) -> str:
        return str(self.schema.get("title") or self.name)

    @property
    def rows(self) -> tuple[int, int]:
        """Of a group: at least, at most."""
        least = self.schema.get("minItems", 0)
        return max(least, 1 if self.required else 0), self.schema.get("maxItems", 1)


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    schema: dict[str, Any]  # its own words: title, x-title-en, help
    when: Condition | None
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """Shared by the whole process: read it, never write into it."""

    sha256: str
    definition: dict[str, Any]
    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """In the order of filling in."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def titles(self) -> dict[str, str]:
        return {field.name: field.title for field in self.fields}

    @cached_property
    def schema(self) -> dict[str, Any]:
        """Plain JSON Schema of the answers."""
        return {"$schema": DIALECT, **_object_schema(self.definition, self.fields)}

    @cached_property
    def validator(self) -> Draft202012Validator:
        return validator_of(self.schema)

    @cached_property
    def is_flat(self) -> bool:
        """An older form: every answer is one text, and every question is always asked."""
        return not any(field.fields or field.when or field.required_when for field in self.fields)

    def prune(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Without the answers to what is not asked."""
        return prune(self.fields, answers)


_kept: OrderedDict[str, Form] = OrderedDict()
_lock = Lock()


def get_form(definition: dict[str, Any], *, content_sha256: str) -> Form:
    """Compiled once for each content; ``content_sha256`` names the content that the definition stands in.

    By content, not by tenant: equal content is the same form wherever it was adopted.
    """
    with _lock:
        found = _kept.get(content_sha256)
        if found is not None:
            _kept.move_to_end(content_sha256)
            return found
    made = compile_form(definition)
    with _lock:
        _kept[content_sha256] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def compile_form(definition: dict[str, Any]) -> Form:
    """Of a sound definition (checking.py); also of an older one without sections of its own."""
    spelled = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Form(
        sha256=hashlib.sha256(spelled.encode()).hexdigest(),
        definition=definition,
        sections=tuple(_sections(definition)),
    )


def _sections(definition: dict[str, Any]) -> Iterator[Section]:
    """Those that the form names, in its order; what stands in none of them follows under its own title."""
    named = {one["id"]: one for one in definition.get("x-sections", ())}
    found: dict[str, list[str]] = {key: [] for key in named}
    for name in order_of(definition):
        found.setdefault(definition["properties"][name].get("x-section", ""), []).append(name)
    for key, names in found.items():
        words = named.get(key, {"id": key, "title": key})
        when = words.get("when")
        fields = tuple(_field(name, definition, when) for name in names)
        if fields:
            yield Section(key, words.get("title", ""), words, when, fields)


def _field(name: str, parent: dict[str, Any], when: Condition | None = None) -> Field:
    schema = parent["properties"][name]
    kind = kind_of(schema)
    inner = {"person": schema, "group": schema.get("items")}.get(kind)
    return Field(
        name=name,
        kind=kind,
        schema=schema,
        required=name in parent.get("required", ()),
        when=both(when, schema.get("x-when")),
        required_when=schema.get("x-required-when"),
        fields=tuple(_field(part, inner) for part in order_of(inner)) if inner else (),
    )


def _object_schema(node: dict[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    by_name = {field.name: field for field in fields}
    properties: dict[str, Any] = {}
    always: list[str] = []
    clauses: list[dict[str, Any]] = []
    for name, schema in node["properties"].items():
        field = by_name.get(name)
        if field is None:  # the source of a person, the parts of an address
            properties[name] = schema
            continue
        if field.kind == "paper":
            continue
        properties[name] = answer_schema(field)
        if field.when is None and field.required:
            always.append(name)
        clauses += _clauses(field)
    always += [name for name in node.get("required", ()) if name not in by_name]
    plain = {key: value for key, value in node.items() if key not in ("$schema", "x-order", "x-sections")}
    plain |= {"properties": properties, "required": always}
    return plain | ({"allOf": clauses} if clauses else {})


def _clauses(field: Field) -> Iterator[dict[str, Any]]:
    required = {"required": [field.name]}
    if field.when is not None:
        yield {
            "if": to_schema(field.when),
            "then": required if field.required else True,
            "else": {"properties": {field.name: {"not": {}}}},  # jsonschema tells no place for `false`
        }
    needed = both(field.when, field.required_when)
    if field.required_when is not None and needed is not None:
        yield {"if": to_schema(needed), "then": required}


def answer_schema(field: Field) -> dict[str, Any]:
    """What one answer must be, leaving aside whether it is asked."""
    schema = {key: value for key, value in field.schema.items() if key not in ("x-when", "x-required-when")}
    if field.kind in TEXT_KINDS and "pattern" not in schema and "enum" not in schema:
        schema["pattern"] = _SOMETHING
    if field.kind == "person":
        return {**schema, **_object_schema(schema, field.fields)}
    if field.kind == "group":
        schema["items"] = _object_schema(field.schema["items"], field.fields)
        if field.rows[0]:
            schema["minItems"] = field.rows[0]
    return schema


def prune(fields: tuple[Field, ...], answers: dict[str, Any]) -> dict[str, Any]:
    """Each condition is asked of what is left by those that it depends on."""
    left = dict(answers)
    for field in in_order_of_dependence(fields):
        if field.when is not None and not holds(field.when, left):
            left.pop(field.name, None)
        elif field.kind == "group" and isinstance(left.get(field.name), list):
            left[field.name] = [
                prune(field.fields, row) if isinstance(row, dict) else row for row in left[field.name]
            ]
    return left


def in_order_of_dependence(fields: tuple[Field, ...]) -> list[Field]:
    """Those that others ask about first. In a circle, which no sound form has, the rest as they stand."""
    waiting, done, ordered = list(fields), set[str](), list[Field]()
    names = {field.name for field in fields}
    while waiting:
        ready = [one for one in waiting if _asks_about(one) & names <= done] or waiting
        ordered += ready
        done |= {one.name for one in ready}
        waiting = [one for one in waiting if one.name not in done]
    return ordered


def _asks_about(field: Field) -> set[str]:
    return {name for name, _ in fields_in(field.when)} if field.when is not None else set()


def papers_asked(form: Form, answers: dict[str, Any]) -> dict[str, bool]:
    """Components that these answers call for → whether they must be handed in."""
    found: dict[str, bool] = {}
    for field in form.fields:
        if field.kind != "paper" or (field.when is not None and not holds(field.when, answers)):
            continue
        needed = field.required or (field.required_when is not None and holds(field.required_when, answers))
        key = str(field.schema["x-component"])
        found[key] = found.get(key, False) or needed
    return found
