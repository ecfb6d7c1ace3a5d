"""The buttons inside of a form: one row more, one row less, a person filled in. They work without JavaScript."""

from collections.abc import Mapping

from apps.forms.compiling import Field, Form
from frontend.filling.reading import PREFIX, count_rows
from frontend.filling.sources import seal

Facts = Mapping[str, str]  # name, identity_number, birth_date, address, as they stand in inputs


def change(form: Form, values: dict[str, str], act: str, *, facts: Mapping[str, Facts] = {}) -> str:
    """Do what a button says (``add:witnesses``, ``remove:witnesses:1``, ``SUBMITTER:mother``) to ``values``.

    ``facts``: source → what is known there. Returns the name of the block whose
    inputs now mean something else than before, or nothing.
    """
    verb, _, rest = act.partition(":")
    if verb in facts:
        return _fill_in(form, values, rest, verb, facts[verb])
    name, _, index = rest.partition(":")
    group = next((one for one in form.fields if one.name == name and one.kind == "group"), None)
    if group is None:
        return ""
    at = PREFIX + name
    count = count_rows(group, values, at)
    if verb == "add":
        values[f"{at}.rows"] = str(min(count + 1, group.rows[1]))
    elif verb == "remove" and index.isascii() and index.isdigit() and int(index) < count:
        _close_gap(values, at, int(index), count)
        return at
    return ""


def _close_gap(values: dict[str, str], at: str, gone: int, count: int) -> None:
    """The rows below move up by one, with everything that was typed in them."""
    moved = {}
    for name in [name for name in values if name.startswith(f"{at}.")]:
        number, _, part = name[len(at) + 1 :].partition(".")
        if not part or not number.isdigit() or int(number) < gone:
            continue
        text = values.pop(name)
        if int(number) > gone:
            moved[f"{at}.{int(number) - 1}.{part}"] = text
    values.update(moved)
    values[f"{at}.rows"] = str(count - 1)


def _fill_in(form: Form, values: dict[str, str], path: str, source: str, facts: Facts) -> str:
    field = find_person(form, path)
    if field is None:
        return ""
    at = PREFIX + path
    for part in field.fields:
        text = facts.get("address" if part.name == "residence" else part.name, "")
        if text:
            values[f"{at}.{part.name}" + (".detail" if part.name == "residence" else "")] = text
    values[f"{at}.source"] = seal(source, at, values)
    return at


def find_person(form: Form, path: str) -> Field | None:
    """``mother``, ``witnesses.0.who``."""
    fields: tuple[Field, ...] = form.fields
    found: Field | None = None
    for part in path.split("."):
        if part.isdigit():
            continue
        found = next((one for one in fields if one.name == part), None)
        fields = found.fields if found else ()
    return found if found is not None and found.kind == "person" else None
