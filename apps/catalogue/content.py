"""Is this ProcedureContent sound, and what is its name by content? Pure: no model, no database."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator, ValidationError

from apps.catalogue.content_schema import CONTENT
from apps.forms.checking import definition_problems

MOST_PROBLEMS = (
    2000  # of one file, which is then something else altogether; they are kept in memory, 3 KB each
)
_SHAPE = Draft202012Validator(CONTENT)


@dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is a path that a person can follow: ``cases[1].limit.amount``."""

    place: str
    code: str
    sentence: str | Promise

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


ProcessChecker = Callable[[dict[str, Any]], Iterable[Problem]]


def canonical_json(content: dict[str, Any]) -> bytes:
    """One spelling for one content: sorted keys, no spaces, UTF-8. PostgreSQL's jsonb keeps no order."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(content)).hexdigest()


def find_problems(content: object, *, check_process: ProcessChecker | None = None) -> list[Problem]:
    """Everything that keeps this content from being published, in the order of its parts.

    ``check_process`` reads the ``process`` part; apps.workflow, which stands
    above, provides it.
    """
    problems = [*text_problems(content), *shape_problems(_SHAPE, content)]
    if problems or not isinstance(content, dict):
        return problems
    for check in (_case_problems, _component_problems, _fee_problems, _form_problems):
        problems += check(content)
    if check_process is not None:
        problems += check_process(content["process"])
    return problems


def shape_problems(shape: Draft202012Validator, document: object) -> list[Problem]:
    """Where ``document`` differs from a JSON Schema, in Vietnamese; of more than MOST_PROBLEMS the first ones."""
    errors = islice(shape.iter_errors(document), MOST_PROBLEMS + 1)
    found = (_shape_problem(error) for error in sorted(errors, key=_position))
    return list(
        dict.fromkeys(found)
    )  # one error a missing part comes from below; the sentence names them all


def text_problems(node: object, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Characters that no database row can hold: NUL, and halves of a surrogate pair."""
    if isinstance(node, str):
        if "\x00" in node or any("\ud800" <= char <= "\udfff" for char in node):
            yield Problem(place_of(path), "content.bad_character", _("có ký tự không lưu được"))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from text_problems(key, path)
            yield from text_problems(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from text_problems(value, (*path, index))


def _position(error: ValidationError) -> list[str]:
    return [str(part) for part in error.absolute_path]


def place_of(path: Iterable[str | int]) -> str:
    """``["cases", 1, "limit"]`` → ``cases[1].limit``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "."


_SENTENCES: dict[str, str | Promise] = {
    "required": _("thiếu {missing}"),
    "additionalProperties": _("có mục không được phép: {message}"),
    "type": _("sai kiểu dữ liệu, phải là {expected}"),
    "enum": _("giá trị {found} không được phép, phải là một trong {expected}"),
    "minimum": _("giá trị {found} nhỏ hơn mức thấp nhất {expected}"),
    "maximum": _("giá trị {found} lớn hơn mức cao nhất {expected}"),
    "minItems": _("phải có ít nhất {expected} mục"),
    "uniqueItems": _("có mục bị lặp lại"),
    "minLength": _("không được để trống"),
    "maxLength": _("dài quá {expected} ký tự"),
    "pattern": _("không đúng dạng {expected}"),
}


def _shape_problem(error: ValidationError) -> Problem:
    keyword = str(error.validator)
    found = (
        json.dumps(error.instance, ensure_ascii=False)[:80]
        if keyword in {"enum", "minimum", "maximum"}
        else ""
    )
    missing = ""
    if keyword == "required":
        missing = ", ".join(name for name in error.validator_value if name not in error.instance)
    sentence = str(_SENTENCES.get(keyword, _("không hợp lệ: {message}")))
    return Problem(
        place_of(error.absolute_path),
        f"content.{keyword}",
        sentence.format(
            expected=error.validator_value, found=found, missing=missing, message=error.message[:200]
        ),
    )


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _case_problems(content: dict[str, Any]) -> Iterator[Problem]:
    known = {component["key"] for component in content["components"]}
    for code in _repeated(case["code"] for case in content["cases"]):
        yield Problem(
            "cases", "content.case_repeated", _("mã trường hợp bị lặp lại: {code}").format(code=code)
        )
    for index, case in enumerate(content["cases"]):
        place = f"cases[{index}]"
        for key in sorted(set(case["components"]) - known):
            yield Problem(
                f"{place}.components",
                "content.component_unknown",
                _("không có thành phần hồ sơ mang khóa {key}").format(key=key),
            )
        limit = case["limit"]
        if not limit["confirmed"]:
            yield Problem(f"{place}.limit", "content.limit_unconfirmed", _("thời hạn chưa được xác nhận"))
        if (limit["start"] == "NOW") != (limit["unit"] == "HOUR"):
            yield Problem(
                f"{place}.limit.start",
                "content.start_does_not_fit",
                _("thời hạn tính bằng giờ thì bắt đầu ngay (NOW), tính bằng ngày, tháng thì không"),
            )
        if limit["cutoff"] is not None and limit["start"] != "SAME_DAY":
            yield Problem(
                f"{place}.limit.cutoff",
                "content.cutoff_does_not_fit",
                _("giờ chốt chỉ dùng cho thủ tục trả kết quả trong ngày (SAME_DAY)"),
            )


def _component_problems(content: dict[str, Any]) -> Iterator[Problem]:
    for key in _repeated(component["key"] for component in content["components"]):
        yield Problem(
            "components",
            "content.component_repeated",
            _("khóa thành phần hồ sơ bị lặp lại: {key}").format(key=key),
        )
    used = {key for case in content["cases"] for key in case["components"]}
    for index, component in enumerate(content["components"]):
        if component["originals"] + component["copies"] == 0:
            yield Problem(
                f"components[{index}]",
                "content.component_without_quantity",
                _("số lượng bản chính và bản sao đều bằng 0"),
            )
        if component["key"] not in used:
            yield Problem(
                f"components[{index}]", "content.component_unused", _("không trường hợp nào dùng đến")
            )


def _fee_problems(content: dict[str, Any]) -> Iterator[Problem]:
    cases = {case["code"] for case in content["cases"]}
    for key in _repeated(fee["key"] for fee in content["fees"]):
        yield Problem("fees", "content.fee_repeated", _("khóa khoản phí bị lặp lại: {key}").format(key=key))
    for index, fee in enumerate(content["fees"]):
        groups = fee.get("exempt_groups", ())
        for key in _repeated(group["key"] for group in groups):
            yield Problem(
                f"fees[{index}].exempt_groups",
                "content.group_repeated",
                _("khóa đối tượng miễn, giảm bị lặp lại: {key}").format(key=key),
            )
        if any(group.get("amount", 0) >= max(fee["amount"], 1) for group in groups):
            yield Problem(
                f"fees[{index}].exempt_groups",
                "content.group_pays_more",
                _("mức của đối tượng miễn, giảm phải thấp hơn mức thu chung"),
            )
        if fee["case"] is not None and fee["case"] not in cases:
            yield Problem(
                f"fees[{index}].case",
                "content.case_unknown",
                _("không có trường hợp mang mã {code}").format(code=fee["case"]),
            )
        if fee["channel"] is not None and fee["channel"] not in content["channels"]:
            yield Problem(
                f"fees[{index}].channel",
                "content.channel_unknown",
                _("thủ tục không nhận hồ sơ theo cách này"),
            )


def _form_problems(content: dict[str, Any]) -> Iterator[Problem]:
    components = [component["key"] for component in content["components"]]
    for found in definition_problems(content["form"], components=components):
        place = "form" if found.place == "." else f"form.{found.place}"
        yield Problem(place, f"content.{found.code}", found.sentence)


def ordered_fields(form: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The fields of a form in the order in which a person fills them in.

    Stored JSON keeps no order of keys, so the form says it in ``x-order``.
    """
    return [(name, form["properties"][name]) for name in form.get("x-order", sorted(form["properties"]))]
