"""A form of the counter, filled in for a procedure that is really in force; only what must be filled in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.dossiers.checking import find_case, problems, tidy
from apps.dossiers.enums import Channel
from apps.dossiers.intake import ComponentIn
from apps.procedures import selectors as procedures
from apps.procedures.selectors import AdoptedView
from frontend.desk.answers import PREFIX, Question, sections
from frontend.desk.forms.intake import Values, read_intake
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
    if case is None or Channel.DIRECT not in content["channels"]:
        return None
    needed = [
        one["key"] for one in content["components"] if one["required"] and one["key"] in case["components"]
    ]
    values = _person() | _answers(content["form"], on) | {"case_code": case["code"]}
    for key in needed:
        values |= {f"components.{key}.there": "1", f"components.{key}.originals": "1"}
    papers = tuple(ComponentIn(key=key, originals=1) for key in needed)
    intake = tidy(read_intake(values, content, unit_id, papers, "vi"))
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


def _answers(form: dict[str, Any], on: date) -> Values:
    return {
        PREFIX + question.name: _answer(question, form["properties"][question.name], on)
        for _section, questions in sections(form)
        for question in questions
        if question.required
    }


def _answer(question: Question, schema: dict[str, Any], on: date) -> str:
    if question.default:
        return question.default
    if question.kind == "choice":
        return question.options[0]
    simple = {"date": day(on), "yes_no": "yes", "identity": _NUMBER, "phone": "0900000000"}
    if question.kind in simple:
        return simple[question.kind]
    if question.kind in ("integer", "number"):
        return str(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1))
    text = _NAME.ljust(schema.get("minLength", 0), ".")
    return text[: question.longest] if question.longest else text
