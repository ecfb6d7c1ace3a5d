"""A ProcedureContent taken apart into atomic values under stable paths, and put together again. Pure.

A path names its thing by the id that it keeps through all versions, never by a
position: ``cases/1.001193.01/limit``, ``components/to-khai/name``. What is one
decision of the law is one value: a limit with its start and ground. A set has one
path a member (``cases/<code>/components/<key>`` → True); the order of a list stands
under ``…/order``. The parts of a process are those of process_parts.py. ``join``
gives back exactly what ``split`` took apart.
"""

from collections.abc import Iterator
from typing import Any

from apps.catalogue.paths import ORDER, id_of, make_path, names_of, parse_path
from apps.catalogue.process_parts import join_process, split_process

KEYED = {"cases": "code", "components": "key", "fees": "key", "results": "code", "legal_basis": "code"}
_SETS = frozenset({"subjects", "channels", "slots"})
_KEYED_WITHIN = {("fees", "exempt_groups"): "key"}
_SETS_WITHIN = frozenset({("cases", "components")})

Parts = dict[str, Any]
Tree = dict[str, Any]


def split(content: dict[str, Any]) -> Parts:
    """Path → value, for every part of ``content``."""
    return {make_path(segments): value for segments, value in _split(content)}


def join(parts: Parts) -> dict[str, Any]:
    """The content that these are the parts of. Raises KeyError when an order names what is not there."""
    content: dict[str, Any] = {}
    for key, node in grow(parts).items():
        if key in KEYED:
            content[key] = _join_rows(node, key, KEYED[key])
        elif key in _SETS:
            content[key] = _join_set(node)
        elif key == "form":
            content[key] = _join_form(node)
        elif key == "process":
            content[key] = join_process(node)
        else:
            content[key] = node
    return content


def grow(parts: Parts) -> Tree:
    """The same as nested dictionaries, to walk through."""
    tree: Tree = {}
    for path, value in parts.items():
        *above, last = parse_path(path)
        node = tree
        for segment in above:
            node = node.setdefault(segment, {})
        node[last] = value
    return tree


def _split(content: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in content.items():
        if key in KEYED:
            yield from _split_rows((key,), key, value, KEYED[key])
        elif key in _SETS:
            yield from _split_set((key,), value)
        elif key == "form":
            yield from _split_form(value)
        elif key == "process":
            yield from split_process(value)
        else:
            yield (key,), value


def _split_rows(
    prefix: tuple[str, ...], kind: str, rows: list[dict[str, Any]], id_key: str
) -> Iterator[tuple[tuple[str, ...], Any]]:
    names = names_of(row[id_key] for row in rows)
    yield (*prefix, ORDER), names
    for name, row in zip(names, rows, strict=True):
        for attribute, value in row.items():
            place = (*prefix, name, attribute)
            if (kind, attribute) in _SETS_WITHIN:
                yield from _split_set(place, value)
            elif (kind, attribute) in _KEYED_WITHIN:
                yield from _split_rows(place, attribute, value, _KEYED_WITHIN[kind, attribute])
            elif attribute != id_key:
                yield place, value


def _join_rows(node: Tree, kind: str, id_key: str) -> list[dict[str, Any]]:
    rows = []
    for name in node[ORDER]:
        row: dict[str, Any] = {id_key: id_of(name)}
        for attribute, value in node.get(name, {}).items():
            if (kind, attribute) in _SETS_WITHIN:
                row[attribute] = _join_set(value)
            elif (kind, attribute) in _KEYED_WITHIN:
                row[attribute] = _join_rows(value, attribute, _KEYED_WITHIN[kind, attribute])
            else:
                row[attribute] = value
        rows.append(row)
    return rows


def _split_set(prefix: tuple[str, ...], members: list[str]) -> Iterator[tuple[tuple[str, ...], Any]]:
    names = names_of(members)
    yield (*prefix, ORDER), names
    for name in names:
        yield (*prefix, name), True


def _join_set(node: Tree) -> list[str]:
    return [id_of(name) for name in node[ORDER]]


def _split_form(form: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in form.items():
        if key == "properties" and isinstance(value, dict):
            fields = dict(sorted(value.items()))
            yield from _split_set(("form", "present"), list(fields))
            for name, field in zip(names_of(fields), fields.values(), strict=True):
                yield ("form", "fields", name), field
        elif key == "required" and isinstance(value, list):
            yield from _split_set(("form", "required"), value)
        elif key == "x-order":
            yield ("form", ORDER), value
        else:
            yield ("form", "keys", key), value


def _join_form(node: Tree) -> dict[str, Any]:
    form: dict[str, Any] = dict(node.get("keys", {}))
    if "present" in node:
        form["properties"] = {id_of(name): node["fields"][name] for name in node["present"][ORDER]}
    if "required" in node:
        form["required"] = _join_set(node["required"])
    if ORDER in node:
        form["x-order"] = node[ORDER]
    return form
