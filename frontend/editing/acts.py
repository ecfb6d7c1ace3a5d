"""The buttons of the editor: each takes the definition, does one thing, and says what to look at next."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from apps.forms import editing
from apps.forms.editing import Definition, Removed
from apps.forms.kinds import KINDS, kind_of
from frontend.editing.details import read_condition, read_details

Typed = Mapping[str, str]
_SALT = "forms.editor.removed"


@dataclass(slots=True)
class Outcome:
    """``look_at``: path of a field, or ``#`` and the id of a section. ``undo``: sealed, to bring a field back."""

    form: Definition
    look_at: str
    said: str = ""
    undo: str = ""
    title: str = field(default="")


def act(form: Definition, do: str, look_at: str, typed: Typed) -> Outcome:
    """``do`` is ``<verb>`` or ``<verb>:<what>``. What stands in the details is written first: no button loses it."""
    form = write_typed(form, look_at, typed)
    verb, _colon, what = do.partition(":")
    done = _ACTS.get(verb)
    return done(form, what, look_at, typed) if done else Outcome(form, look_at)


def write_typed(form: Definition, look_at: str, typed: Typed) -> Definition:
    """The details of what is looked at, as they stand on the page."""
    if look_at.startswith("#") and "s.title" in typed:
        keys: dict[str, Any] = {
            "title": typed["s.title"].strip()[:300],
            "x-title-en": typed.get("s.title_en", "").strip()[:300] or None,
            "help": typed.get("s.help", "").strip()[:2000] or None,
        }
        before: dict[str, Any] = next((one for one in form["x-sections"] if one["id"] == look_at[1:]), {})
        keys["when"] = read_condition(typed, "when", before.get("when"), kinds_beside(form, ""))
        return editing.write_section(form, look_at[1:], keys)
    found = editing.find_field(form, look_at)
    if found is None or "f.title" not in typed:
        return form
    kind = typed.get("f.kind", "")
    if kind in KINDS and kind != kind_of(found):
        form = editing.change_kind(form, look_at, kind)
        found = editing.find_field(form, look_at) or found
        typed = {key: value for key, value in typed.items() if not _of_kind(key)} | _options_of(found)
    details, required = read_details(typed, found, kinds_beside(form, look_at))
    return editing.write_field(form, look_at, details, required=required)


def _of_kind(key: str) -> bool:
    """Keys that only the kind before had."""
    return key.startswith("f.") and key[2:] not in (
        "title",
        "title_en",
        "help",
        "width",
        "section",
        "required",
    )


def _options_of(found: dict[str, Any]) -> dict[str, str]:
    made = {"f.options": "\n".join(map(str, found.get("enum", ())))}
    return made | {f"f.part.{part}": "1" for part in found.get("properties", ())}


def kinds_beside(form: Definition, path: str) -> dict[str, str]:
    """name → kind of the neighbours that a condition may ask about."""
    group = path.rpartition(".")[0]
    found = editing.find_field(form, group) if group else form
    fields = (found or {}).get("items", found or {}).get("properties", {})
    return {name: kind_of(one) for name, one in fields.items() if name != path.rpartition(".")[2]}


def _add(form: Definition, what: str, look_at: str, typed: Typed) -> Outcome:
    """``field:<section>``, ``column:<group>``, or ``section``."""
    kind, _colon, where = what.partition(":")
    if kind == "section":
        form, key = editing.add_section(form, title=typed.get("new.section", "").strip() or _("Phần mới"))
        return Outcome(form, f"#{key}", _("Đã thêm phần."))
    chosen = typed.get("new.kind", "text")
    chosen = chosen if chosen in KINDS else "text"
    title = typed.get("new.title", "").strip()[:500] or _("Câu hỏi mới")
    if kind == "column" and editing.find_field(form, where) is not None:
        form, path = editing.add_field(form, kind=chosen, title=title, group=where)
    elif any(one["id"] == where for one in form["x-sections"]):
        form, path = editing.add_field(form, kind=chosen, title=title, section=where)
    else:
        return Outcome(form, look_at)
    return Outcome(form, path, _("Đã thêm câu hỏi “{title}”.").format(title=title))


def _move(by: int) -> Callable[[Definition, str, str, Typed], Outcome]:
    def move(form: Definition, what: str, look_at: str, typed: Typed) -> Outcome:
        if what.startswith("#"):
            return Outcome(editing.move_section(form, what[1:], by), look_at)
        return Outcome(editing.move_field(form, what, by), look_at)

    return move


def _remove(form: Definition, what: str, look_at: str, typed: Typed) -> Outcome:
    if what.startswith("#"):
        made = editing.remove_section(form, what[1:])
        gone = len(made["x-sections"]) < len(form["x-sections"])
        return Outcome(
            made, look_at, "" if gone else _("Phần còn câu hỏi; hãy chuyển hoặc bỏ các câu hỏi trước.")
        )
    made, removed = editing.remove_field(form, what)
    if removed is None:
        return Outcome(form, look_at)
    title = str(removed.schema.get("title", what))
    said = _("Đã bỏ câu hỏi “{title}”.").format(title=title)
    return Outcome(made, "", said, signing.dumps(asdict(removed), salt=_SALT, compress=True), title)


def _undo(form: Definition, what: str, look_at: str, typed: Typed) -> Outcome:
    try:
        removed = Removed(**signing.loads(typed.get("undo", ""), salt=_SALT))
    except signing.BadSignature:
        return Outcome(form, look_at)
    return Outcome(editing.restore_field(form, removed), removed.path, _("Đã khôi phục câu hỏi."))


_ACTS: dict[str, Callable[[Definition, str, str, Typed], Outcome]] = {
    "add": _add,
    "up": _move(-1),
    "down": _move(1),
    "remove": _remove,
    "undo": _undo,
}


def spelled(form: Definition) -> str:
    """To see whether anything has changed."""
    return json.dumps(form, ensure_ascii=False, sort_keys=True)
