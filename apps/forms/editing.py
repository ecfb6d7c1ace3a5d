"""Changing the definition of a form, one act at a time. Pure: a new definition comes back, the old one stays.

A field is found by its path: ``child_name``, or ``witnesses.name`` for a column
of a group. Its id never changes again, whatever becomes of its title; a removed
field comes back as it was and where it was.
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from apps.forms.kinds import (
    DIALECT,
    PERSON_PARTS,
    kind_of,
    make_address,
    make_field,
    make_group,
    make_person,
    option_keys,
    options_of,
    order_of,
)
from kernel.vietnamese import fold

Definition = dict[str, Any]
# What belongs to the question and not to its kind: it stays when the kind is changed.
_STAYS = (
    "title", "x-title-en", "description", "x-section", "x-width", "x-when", "x-required-when",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removed:
    """Enough to bring a field back."""

    path: str
    index: int
    required: bool
    schema: dict[str, Any]


def empty_form(title: str) -> Definition:
    return {
        "$schema": DIALECT,
        "type": "object",
        "title": title,
        "properties": {},
        "required": [],
        "additionalProperties": False,
        "x-order": [],
        "x-sections": [{"id": "noi-dung", "title": "Nội dung"}],
    }


def with_sections(form: Definition) -> Definition:
    """An older form, whose fields name their section by its title, with sections of its own."""
    made = deepcopy(form)
    made.setdefault("properties", {})
    made.setdefault("required", [])
    made["x-order"] = order_of(made)
    if made.get("x-sections"):
        return made
    made["x-sections"] = []
    ids: dict[str, str] = {}
    for name in made["x-order"]:
        title = str(made["properties"][name].get("x-section") or "Nội dung")
        if title not in ids:
            ids[title] = _free(fold(title), {one["id"] for one in made["x-sections"]}, "-") or "phan"
            made["x-sections"].append({"id": ids[title], "title": title})
        made["properties"][name] = {**made["properties"][name], "x-section": ids[title]}
    if not made["x-sections"]:
        made["x-sections"] = [{"id": "noi-dung", "title": "Nội dung"}]
    return made


def find_field(form: Definition, path: str) -> dict[str, Any] | None:
    """The definition of the field; None: there is none."""
    parent = _parent(form, path)
    found = parent["properties"].get(path.rpartition(".")[2]) if parent is not None else None
    return found if isinstance(found, dict) else None


def is_required(form: Definition, path: str) -> bool:
    parent = _parent(form, path)
    return parent is not None and path.rpartition(".")[2] in parent.get("required", ())


def add_field(
    form: Definition, *, kind: str, title: str, section: str = "", group: str = ""
) -> tuple[Definition, str]:
    """At the end of a section, or of a group's row. Returns its path. Raises KeyError for what is not there."""
    made = deepcopy(form)
    parent = made["properties"][group]["items"] if group else made
    name = _free(fold(title), set(parent["properties"]), "_")
    schema = _make(kind, title)
    if not group:
        schema["x-section"] = section
    parent["properties"][name] = schema
    parent["x-order"] = [*order_of({**parent, "properties": parent["properties"]}), name]
    parent["x-order"] = list(dict.fromkeys(parent["x-order"]))
    return made, f"{group}.{name}" if group else name


def change_kind(form: Definition, path: str, kind: str) -> Definition:
    """The same question, asked another way; what the kind does not know is dropped."""
    made = deepcopy(form)
    parent, name = _parent(made, path), path.rpartition(".")[2]
    if parent is None or name not in parent["properties"]:
        return made
    before = parent["properties"][name]
    if kind_of(before) != kind:
        kept = {key: before[key] for key in _STAYS if key in before}
        options = options_of(before)
        if options and kind in ("choice", "choices"):
            kept |= _options(kind, options)
        parent["properties"][name] = {**_make(kind, str(before.get("title", ""))), **kept}
    return made


def write_field(form: Definition, path: str, keys: dict[str, Any], *, required: bool) -> Definition:
    """``keys`` over what stands there; None takes a key away."""
    made = deepcopy(form)
    parent, name = _parent(made, path), path.rpartition(".")[2]
    if parent is None or name not in parent["properties"]:
        return made
    field = {**parent["properties"][name], **keys}
    parent["properties"][name] = {key: value for key, value in field.items() if value is not None}
    needed = [one for one in parent.get("required", ()) if one != name]
    order = order_of(parent)
    parent["required"] = sorted([*needed, name] if required else needed, key=lambda one: _at(order, one))
    return made


def move_field(form: Definition, path: str, by: int) -> Definition:
    """One place up or down within its section, and over its edge into the next one."""
    made = deepcopy(form)
    parent, name = _parent(made, path), path.rpartition(".")[2]
    if parent is None or name not in parent["properties"]:
        return made
    order, fields = order_of(parent), parent["properties"]
    section = fields[name].get("x-section")
    mates = [one for one in order if fields[one].get("x-section") == section]
    target = mates.index(name) + by
    if 0 <= target < len(mates):
        here, there = order.index(name), order.index(mates[target])
        order[here], order[there] = order[there], order[here]
    elif "." not in path:
        ids = [one["id"] for one in made.get("x-sections", ())]
        beside = ids.index(section) + by if section in ids else -1
        if 0 <= beside < len(ids):
            fields[name]["x-section"] = ids[beside]
            order.remove(name)
            others = [one for one in order if fields[one].get("x-section") == ids[beside]]
            order.insert(
                (order.index(others[0]) if by > 0 else order.index(others[-1]) + 1) if others else len(order),
                name,
            )
    parent["x-order"] = order
    return made


def remove_field(form: Definition, path: str) -> tuple[Definition, Removed | None]:
    made = deepcopy(form)
    parent, name = _parent(made, path), path.rpartition(".")[2]
    if parent is None or name not in parent["properties"]:
        return made, None
    order = order_of(parent)
    gone = Removed(
        path, order.index(name), name in parent.get("required", ()), parent["properties"].pop(name)
    )
    parent["x-order"] = [one for one in order if one != name]
    parent["required"] = [one for one in parent.get("required", ()) if one != name]
    return made, gone


def restore_field(form: Definition, removed: Removed) -> Definition:
    """Where it was. A field that stands there by the same id meanwhile is not written over."""
    made = deepcopy(form)
    parent, name = _parent(made, removed.path), removed.path.rpartition(".")[2]
    if parent is None or name in parent["properties"]:
        return made
    parent["properties"][name] = removed.schema
    order = [one for one in parent.get("x-order", ()) if one != name]
    order.insert(removed.index, name)
    parent["x-order"] = order
    if removed.required:
        parent["required"] = [*parent.get("required", ()), name]
    return made


def add_section(form: Definition, *, title: str) -> tuple[Definition, str]:
    made = deepcopy(form)
    key = _free(fold(title), {one["id"] for one in made["x-sections"]}, "-") or "phan"
    made["x-sections"].append({"id": key, "title": title})
    return made, key


def write_section(form: Definition, key: str, keys: dict[str, Any]) -> Definition:
    made = deepcopy(form)
    made["x-sections"] = [
        {name: value for name, value in {**one, **keys}.items() if value is not None}
        if one["id"] == key
        else one
        for one in made["x-sections"]
    ]
    return made


def move_section(form: Definition, key: str, by: int) -> Definition:
    made = deepcopy(form)
    sections = made["x-sections"]
    here = next((at for at, one in enumerate(sections) if one["id"] == key), -1)
    there = here + by
    if here >= 0 and 0 <= there < len(sections):
        sections[here], sections[there] = sections[there], sections[here]
    return made


def remove_section(form: Definition, key: str) -> Definition:
    """Only one that is empty, and never the last: questions are not thrown away with their heading."""
    made = deepcopy(form)
    used = {field.get("x-section") for field in made["properties"].values()}
    if key not in used and len(made["x-sections"]) > 1:
        made["x-sections"] = [one for one in made["x-sections"] if one["id"] != key]
    return made


def _parent(form: Definition, path: str) -> dict[str, Any] | None:
    group, dot, _name = path.rpartition(".")
    if not dot:
        return form
    field = form["properties"].get(group)
    items = field.get("items") if isinstance(field, dict) else None
    return items if isinstance(items, dict) and isinstance(items.get("properties"), dict) else None


def _make(kind: str, title: str) -> dict[str, Any]:
    if kind == "person":
        return make_person(title=title, parts=PERSON_PARTS)
    if kind == "address":
        return make_address(title=title)
    if kind == "group":
        return make_group(title=title, fields={"noi_dung": make_field("text", title="Nội dung")})
    made = make_field(kind, title=title)
    return made | _options(kind, ["Lựa chọn 1", "Lựa chọn 2"])


def _options(kind: str, options: list[str]) -> dict[str, Any]:
    return {"choice": {"enum": options}, "choices": option_keys(options)}.get(kind, {})


def _free(text: str, taken: set[str], joint: str) -> str:
    """A stable id out of a title, that nothing has yet."""
    base = re.sub(r"[^a-z0-9]+", joint, text)[:40].strip(joint)
    if not base or not base[0].isalpha():
        base = f"muc{joint}{base}".strip(joint)
    key, number = base, 2
    while key in taken or key in ("source", "rows"):
        key, number = f"{base}{joint}{number}", number + 1
    return key


def _at(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
