"""From what was typed to answers. What cannot be read stays as typed, so that the schema refuses it by name.

Names are flat, as inputs are called: ``answers.child_name``,
``answers.mother.residence.detail``, ``answers.witnesses.0.name``;
``answers.witnesses.rows`` counts the rows, ``answers.papers_lost.0`` ticks the
first of several choices.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from apps.forms.compiling import Field, Form, prune
from apps.forms.kinds import options_of
from frontend.filling.places import ELSEWHERE, NOWHERE, Places
from frontend.filling.sources import read_source
from frontend.typed import read_day

PREFIX = "answers."
Typed = Mapping[str, str]
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"-?\d+([.,]\d+)?")


def read_answers(form: Form, typed: Typed, *, places: Places = NOWHERE) -> dict[str, Any]:
    """The answers to everything that is asked; what is typed into a field that is not asked is left out."""
    return form.prune(_object(form.fields, typed, PREFIX, places))


def read_fields(fields: tuple[Field, ...], typed: Typed, prefix: str, *, places: Places) -> dict[str, Any]:
    """Of one row or block alone."""
    return prune(fields, _object(fields, typed, prefix, places))


def count_rows(field: Field, typed: Typed, name: str) -> int:
    """How many rows of a group stand on the page: what is typed, within what the form allows."""
    least, most = field.rows
    text = typed.get(f"{name}.rows", "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 4 else least


def _object(fields: tuple[Field, ...], typed: Typed, prefix: str, places: Places) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for field in fields:
        value = _answer(field, typed, prefix + field.name, places)
        if value is not None:
            answers[field.name] = value
    return answers


def _answer(field: Field, typed: Typed, name: str, places: Places) -> Any:
    """None: nothing was typed."""
    if field.kind == "paper":
        return None
    if field.kind == "address":
        return _address(typed, name, places) or None
    if field.kind == "person":
        person = _object(field.fields, typed, f"{name}.", places)
        if _only_usual(field, person):
            return None
        return {**person, "source": read_source(name, typed)}
    if field.kind == "group":
        rows = [
            _object(field.fields, typed, f"{name}.{index}.", places)
            for index in range(count_rows(field, typed, name))
        ]
        return [row for row in rows if not _only_usual(field, row)] or None
    if field.kind == "choices":
        options = enumerate(options_of(field.schema))
        return [option for index, option in options if typed.get(f"{name}.{index}") == "1"] or None
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    return read_value(field.kind, text) if text else None


def _only_usual(field: Field, answers: dict[str, Any]) -> bool:
    """Nothing but what the page had filled in by itself: “Quốc tịch: Việt Nam” alone is nobody."""
    usual = {part.name: part.schema.get("default") for part in field.fields}
    return all(value == usual.get(name) for name, value in answers.items())


def _address(typed: Typed, name: str, places: Places) -> dict[str, str]:
    def text(part: str) -> str:
        return typed.get(f"{name}.{part}", "").strip()

    province, commune = text("province_code"), text("commune_code")
    if province in ("", ELSEWHERE):
        found = {"province_name": text("province_name"), "commune_name": text("commune_name")}
    elif province not in places.provinces:  # of another system's list: as it came
        found = {"province_code": province, "province_name": text("province_name")}
        found |= {"commune_code": commune.removeprefix(ELSEWHERE), "commune_name": text("commune_name")}
    elif commune == ELSEWHERE:
        found = {"province_code": province, "province_name": places.province(province)}
        found["commune_name"] = text("commune_name")
    else:
        # A commune of another province: its list has not followed the choice yet, so none is chosen.
        known = places.commune(province, commune)
        found = {"province_code": province, "province_name": places.province(province)}
        found |= {"commune_code": commune, "commune_name": known} if known else {}
    found["detail"] = text("detail")
    return {part: value for part, value in found.items() if value}


def read_value(kind: str, text: str) -> Any:
    """``text`` is not empty."""
    if kind == "date":
        day = read_day(text)
        return day.isoformat() if day else text
    if kind in ("integer", "money"):
        return _whole(text.removesuffix("đ").rstrip() if kind == "money" else text)
    if kind == "number":
        return _decimal(text)
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    if kind == "tick":
        return True if text == "1" else text
    if kind in ("identity", "phone"):
        return text.replace(" ", "").replace(".", "")
    return text


def _whole(text: str) -> Any:
    """``1.200``: whole thousands may be set apart by dots; ``12.5`` is no whole number."""
    bare = text.replace(" ", "")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else text


def _decimal(text: str) -> Any:
    """``120,5`` as it is written here, ``1.200,5`` and, where it cannot be taken for thousands, ``120.5``."""
    bare = text.replace(" ", "")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    if not bare.isascii() or len(bare) > 30 or not _PLAIN.fullmatch(bare):
        return text
    return float(bare.replace(",", "."))


def write_values(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """The other way round: what a page would hold if these answers had been typed.

    What was not answered is written as blank: otherwise the page would fill in
    what is usual there, and show an answer that nobody gave.
    """
    return dict(_written(form.fields, answers, PREFIX))


def _written(fields: tuple[Field, ...], answers: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        name, value = prefix + field.name, answers.get(field.name)
        if field.kind == "group":
            rows = value or []
            yield f"{name}.rows", str(len(rows))
            for index, row in enumerate(rows):
                yield from _written(field.fields, row, f"{name}.{index}.")
        elif field.kind == "person":
            yield from _written(field.fields, value or {}, f"{name}.")
        elif field.kind == "address":
            yield from _written_address(name, value or {})
        elif field.kind == "choices":
            for index, option in enumerate(options_of(field.schema)):
                yield f"{name}.{index}", "1" if option in (value or ()) else ""
        elif field.kind != "paper":
            yield name, write_value(field.kind, value) if field.name in answers else ""


def _written_address(name: str, address: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((f"{name}.{part}", text) for part, text in address.items())
    if address and "province_code" not in address:
        yield f"{name}.province_code", ELSEWHERE
    elif "commune_name" in address and "commune_code" not in address:
        yield f"{name}.commune_code", ELSEWHERE


def write_value(kind: str, value: Any) -> str:
    if kind == "date":
        day = read_day(str(value))
        return f"{day:%d/%m/%Y}" if day else str(value)
    if kind == "yes_no":
        return {True: "yes", False: "no"}.get(value, str(value))
    if kind == "tick":
        return "1" if value is True else ""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".replace(".", ",")
    return str(value)
