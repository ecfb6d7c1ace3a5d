"""A form of the counter, filled in for a procedure that is really in force; only what must be filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.dossiers.checking import find_case, problems, tidy
from apps.dossiers.enums import Channel
from apps.dossiers.intake import ComponentIn
from apps.forms.compiling import Field, get_form
from apps.procedures import selectors as procedures
from apps.procedures.selectors import AdoptedView
from frontend.desk.forms.intake import Values, read_intake
from frontend.filling.reading import PREFIX
from frontend.filters import day

_NAME = "Kiểm Tra Hệ Thống"
_NUMBER = "001000000000"  # well formed, and nobody's
_MOST_TRIED = 40


@dataclass(frozen=True, slots=True)
class FilledIn:
    procedure_code: str
    values: Values


def fill_in(*, unit_id: int, on: date) -> FilledIn | None:
    """The first procedure in force that a counter takes and that this can fill in; one without a fee before one with.

    None: there is none, so nothing can be handed in for trial.
    """
    second_best = None
    for version in procedures.list_procedures(on=on, limit=_MOST_TRIED).rows:
        filled = _fill(version, unit_id, on)
        if filled is not None and not version.content["fees"]:
            return filled
        second_best = second_best or filled
    return second_best


def _fill(version: AdoptedView, unit_id: int, on: date) -> FilledIn | None:
    content = version.content
    case = find_case(content, content["cases"][0]["code"])
    if case is None or Channel.DIRECT not in content["channels"] or version.is_handled_elsewhere:
        return None
    needed = [
        one["key"] for one in content["components"] if one["required"] and one["key"] in case["components"]
    ]
    form = get_form(content["form"], content_sha256=version.content_sha256)
    values = _person() | dict(_answers(form.fields, PREFIX, on)) | {"case_code": case["code"]}
    for key in needed:
        values |= {f"components.{key}.there": "1", f"components.{key}.originals": "1"}
    papers = tuple(ComponentIn(key=key, originals=1) for key in needed)
    intake = tidy(read_intake(values, content, unit_id, papers, "vi", form=form))
    if problems(intake, content, version.content_sha256, on):
        return None
    return FilledIn(version.code, values)


def _person() -> Values:
    return {
        "typed": "1",
        "owner_same": "1",
        "submitter.kind": "CITIZEN",
        "submitter.identity_number": _NUMBER,
        "submitter.name": _NAME,
        "channel": "DIRECT",
        "result_channel": "DIRECT",
        "copies": "1",
    }


def _answers(fields: tuple[Field, ...], prefix: str, on: date) -> Iterator[tuple[str, str]]:
    """What must be answered whatever else is."""
    for field in fields:
        name = prefix + field.name
        if not field.required or field.when is not None or field.kind == "paper":
            continue
        if field.kind == "person":
            yield from _answers(field.fields, f"{name}.", on)
        elif field.kind == "group":
            yield f"{name}.rows", "1"
            yield from _answers(field.fields, f"{name}.0.", on)
        elif field.kind == "address":
            yield f"{name}.province_name", _NAME
            yield f"{name}.commune_name", _NAME
        else:
            yield name, _answer(field, on)


def _answer(field: Field, on: date) -> str:
    schema = field.schema
    if "default" in schema:
        return str(schema["default"])
    if field.kind == "choice":
        return str(schema["enum"][0])
    simple = {"date": day(on), "yes_no": "yes", "tick": "1", "identity": _NUMBER}
    simple |= {"phone": "0900000000", "email": "kiem-tra@example.vn"}
    if field.kind in simple:
        return simple[field.kind]
    if field.kind in ("integer", "number", "money"):
        return str(schema.get("minimum", 0))
    text = _NAME.ljust(schema.get("minLength", 0), ".")
    return text[: schema["maxLength"]] if schema.get("maxLength") else text
