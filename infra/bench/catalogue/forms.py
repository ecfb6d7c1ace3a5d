"""A form of sixty fields: read from what was typed, judged, and drawn again with everything in it."""

import time
from statistics import quantiles
from typing import Any

from django.template import engines

from apps.forms.compiling import Form, compile_form
from apps.forms.judging import problems_of
from apps.forms.kinds import DIALECT, make_address, make_field, make_group, make_person
from frontend.filling.nodes import show
from frontend.filling.places import Places
from frontend.filling.reading import read_answers, write_values
from frontend.problems import Problems
from infra.bench.fleet.figures import Figure
from infra.bench.progress import step

FIELDS = 60
ROUNDS = 200
MOST_MILLISECONDS = 25
_KINDS = ("text", "text", "date", "integer", "choice", "yes_no", "money", "phone", "identity", "long_text")
_PLACES = Places(
    {"H21": "Tỉnh Gia Lai"}, {"H21": {f"H21.{number}": f"Phường {number}" for number in range(135)}}
)
_TEMPLATE = """{% from "form/_form.html" import form_part %}
{% for part in parts %}{{ form_part(part, loop.index) }}{% endfor %}"""
_ANSWERS = {
    "text": "Nguyễn Thị Phương Thảo",
    "long_text": "Thửa đất số 12, tờ bản đồ số 5\nphường Pleiku",
    "date": "1990-03-12",
    "integer": 12,
    "money": 8_000_000,
    "choice": "Nam",
    "yes_no": True,
    "phone": "0905123456",
    "identity": "052190001234",
}


def measure() -> list[Figure]:
    form = compile_form(definition())
    template = engines["jinja2"].env.from_string(_TEMPLATE)
    values = write_values(form, _answers(form))

    def once() -> None:
        answers = read_answers(form, values, places=_PLACES)
        if problems_of(form, answers):
            raise RuntimeError("the answers of the bench do not fit its own form")
        template.render(parts=show(form, values, Problems(), places=_PLACES))

    once()
    with step(f"Biểu mẫu {FIELDS} mục, {ROUNDS} lần"):
        times = sorted(_cpu(once) for _ in range(ROUNDS))
    compiled = sorted(_cpu(lambda: compile_form(definition()).validator) for _ in range(20))
    return [
        Figure(
            "form-60",
            f"Biểu mẫu {FIELDS} mục: đọc, kiểm tra và vẽ, CPU, p95",
            quantiles(times, n=20)[-1],
            "ms",
            at_most=MOST_MILLISECONDS,
        ),
        Figure("form-60-median", "  trung vị", times[len(times) // 2], "ms"),
        Figure("form-60-compile", "  biên dịch, một lần cho một nội dung", compiled[10], "ms"),
    ]


def _cpu(work: Any) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def definition() -> dict[str, Any]:
    """Sixty questions in five sections; every fifth is conditional; two people, an address and rows among them."""
    sections = [{"id": f"s{number}", "title": f"Phần {number}"} for number in range(5)]
    properties: dict[str, Any] = {}
    for number in range(FIELDS - 4):
        kind = _KINDS[number % len(_KINDS)]
        own: dict[str, Any] = {"x-section": f"s{number % 5}"}
        if kind == "choice":
            own["enum"] = ["Nam", "Nữ", "Khác"]
        if number % 5 == 4 and number > 10:
            own["x-when"] = {"field": f"q{number - 10}", "filled": True}
        properties[f"q{number}"] = make_field(kind, title=f"Câu hỏi số {number}", own=own)
    at = {"x-section": "s4"}
    properties |= {
        "mother": make_person(title="Người mẹ", own=at),
        "father": make_person(title="Người cha", own=at),
        "home": make_address(title="Nơi ở", own=at),
        "rows": make_group(title="Dòng", fields={"name": make_field("text", title="Tên")}, most=5, own=at),
    }
    return {
        "$schema": DIALECT,
        "type": "object",
        "title": "Biểu mẫu để đo",
        "properties": properties,
        "required": [f"q{number}" for number in range(0, FIELDS - 4, 2)],
        "additionalProperties": False,
        "x-order": list(properties),
        "x-sections": sections,
    }


def _answers(form: Form) -> dict[str, Any]:
    home = {"province_code": "H21", "province_name": "Tỉnh Gia Lai", "commune_code": "H21.5"}
    home |= {"commune_name": "Phường 5", "detail": "Số 12 đường Hùng Vương"}
    person = {
        "name": "Nguyễn Thị Phương Thảo", "identity_number": "052190001234", "birth_date": "1990-03-12", "sex": "Nữ",
        "nationality": "Việt Nam", "ethnicity": "Kinh", "residence": home,
    }  # fmt: skip
    blocks = {"mother": person, "father": person, "home": home, "rows": [{"name": "Một"}, {"name": "Hai"}]}
    return {one.name: blocks.get(one.name) or _ANSWERS[one.kind] for one in form.fields}
