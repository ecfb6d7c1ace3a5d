"""What is wrong with answers, by place and in words that never repeat an answer: it may be personal. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from jsonschema.exceptions import ValidationError

from apps.forms.compiling import Field, Form

MOST_PROBLEMS = 100
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """``place``: ``("witnesses", 0, "name")``. ``title``: the question's own words."""

    place: Place
    title: str
    sentence: str

    @property
    def pointer(self) -> str:
        """RFC 6901, from the answers."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.place)

    @property
    def name(self) -> str:
        """As the inputs of a page are called: ``witnesses.0.name``."""
        return ".".join(map(str, self.place))


def problems_of(form: Form, answers: dict[str, Any]) -> list[AnswerProblem]:
    """In the order of the form; a question is asked once, whatever it breaks."""
    found: dict[Place, AnswerProblem] = {}
    for error in islice(form.validator.iter_errors(answers), MOST_PROBLEMS):
        for place, sentence in _told(error):
            found.setdefault(place, AnswerProblem(place, title_of(form, place), sentence))
    order = {field.name: index for index, field in enumerate(form.fields)}
    return sorted(found.values(), key=lambda one: order.get(str(one.place[0]), 999) if one.place else -1)


def _told(error: ValidationError) -> Iterator[tuple[Place, str]]:
    place: Place = tuple(error.absolute_path)
    if error.validator == "required":
        # One error for each missing name comes from below, each with all the names.
        for name in error.validator_value:
            if name not in error.instance:
                yield (*place, name), _("chưa được điền.")
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for name in [name for name in error.instance if name not in known][:20]:
            yield (*place, name), _("không thuộc biểu mẫu.")
    else:
        yield place, _words(error)


def _words(error: ValidationError) -> str:
    limit = error.validator_value
    if error.validator == "not":  # the schema that nothing satisfies
        return _("không được điền trong trường hợp này.")
    if error.validator == "pattern" and (limit == r"\S" or error.instance == ""):
        return _("chưa được điền.")
    sentences = {
        "minLength": _("chưa được điền.")
        if limit == 1
        else _("cần ít nhất {limit} ký tự.").format(limit=limit),
        "maxLength": _("dài quá {limit} ký tự.").format(limit=limit),
        "minimum": _("nhỏ nhất là {limit}.").format(limit=limit),
        "maximum": _("lớn nhất là {limit}.").format(limit=limit),
        "minItems": _("chưa được điền.")
        if "enum" in error.schema.get("items", {})
        else _("cần ít nhất {limit} dòng.").format(limit=limit),
        "maxItems": _("nhiều nhất {limit} dòng.").format(limit=limit),
        "uniqueItems": _("có lựa chọn bị lặp lại."),
        "minProperties": _("chưa được điền."),
        "enum": _("không có trong danh sách lựa chọn."),
        "const": _("phải được đánh dấu."),
        "format": _("không đúng dạng ngày.") if limit == "date" else _("không đúng dạng."),
        "type": _type_words(limit),
    }
    return sentences.get(str(error.validator), _("không đúng dạng."))


def _type_words(expected: object) -> str:
    return {"integer": _("phải là số nguyên."), "number": _("phải là một số.")}.get(
        str(expected), _("không đúng dạng.")
    )


def title_of(form: Form, place: Place) -> str:
    """Of the innermost question: “Người làm chứng 2: Họ, chữ đệm, tên”; a place may leave the row out."""
    words: list[str] = []
    fields: tuple[Field, ...] = form.fields
    node: dict[str, Any] = {}
    for part in place:
        if isinstance(part, int):
            if words:
                words[-1] += f" {part + 1}"
            node = node.get("items", {})
            continue
        field = next((one for one in fields if one.name == part), None)
        node = field.schema if field else node.get("properties", {}).get(part, {})
        fields = field.fields if field else ()
        words.append(str(node.get("title") or part))
    return ": ".join(words) or "—"
