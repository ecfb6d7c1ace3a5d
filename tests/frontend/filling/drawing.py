"""The form with everything drawn as HTML, and read as a browser reads it."""

from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.template import engines

from apps.forms.compiling import compile_form
from frontend.filling.nodes import aimed, show
from frontend.filling.places import Places
from frontend.problems import Problems
from tests.apps.forms.samples import everything

FORM = compile_form(everything())
PLACES = Places({"H21": "Tỉnh Gia Lai"}, {"H21": {"H21.101": "Phường Pleiku", "H21.102": "Phường Quy Nhơn"}})
VALUES = {
    "answers.name": "Trần <b>An</b>", "answers.sex": "Nữ", "answers.married": "no",
    "answers.witnesses.rows": "2", "answers.witnesses.0.name": "Lê Ba",
}  # fmt: skip


class Inputs(HTMLParser):
    """Every element with a name or an id, by it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.named: dict[str, dict[str, Any]] = {}
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in ("input", "select", "textarea") and "name" in told:
            self.named[told["name"]] = {**told, "tag": tag}
        if "id" in told:
            self.ids.append(told["id"])
        if tag == "label":
            self.labels.add(told.get("for", ""))


@cache
def _template() -> Any:
    source = '{% from "form/_form.html" import form_part %}{% for part in parts %}{{ form_part(part, loop.index) }}{% endfor %}'
    return engines["jinja2"].env.from_string(source)


def drawn(values: dict[str, str] = VALUES, problems: Problems | None = None, **options: Any) -> str:
    shown = aimed(problems or Problems(), FORM, values, PLACES)
    parts = show(FORM, values, shown, places=PLACES, papers={"giay-uy-quyen": "Giấy ủy quyền"}, **options)
    return _template().render(parts=parts)


class _Sent(HTMLParser):
    """What a browser sends of a form that nobody has touched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select, self._area = "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in told):
            self.values[name] = told.get("value") or ""
        elif tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in told:
            self.values[self._select] = told.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.values[self._area] = self.values[self._area].replace("\n", "\r\n")
            self._area = ""


def sent_by_a_browser(html: str) -> dict[str, str]:
    return _Sent(html).values
