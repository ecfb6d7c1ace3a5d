"""A form as a page shows it: sections of nodes with their texts, options and mistakes, for components/form."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.forms.compiling import Field, Form, Section
from apps.forms.conditions import Condition, holds, say
from apps.forms.kinds import SHORT_KINDS, options_of
from frontend.filling.places import ELSEWHERE, NOWHERE, Places
from frontend.filling.reading import PREFIX, Typed, count_rows, read_answers, read_fields
from frontend.filling.sources import TYPED, read_source
from frontend.problems import Problems

_WIDTHS = {"half": "form-half", "third": "form-third", "full": "form-full"}
SOURCE_WORDS = {
    "SUBMITTER": gettext_lazy("lấy từ người nộp hồ sơ"),
    "EARLIER": gettext_lazy("lấy từ hồ sơ trước"),
    "DECLARED": gettext_lazy("khai trước"),
    "DATABASE": gettext_lazy("lấy từ cơ sở dữ liệu"),
}


@dataclass(slots=True)
class Node:
    """``name`` is that of the input; ``when`` says in words, ``test`` for the browser, when it is asked."""

    kind: str
    name: str
    path: str
    title: str
    hint: str
    required: bool
    width: str
    value: str = ""
    longest: int = 0
    radio: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[tuple[str, str, bool]] = field(
        default_factory=list
    )  # (input, words, ticked), of several choices
    errors: list[str] = field(default_factory=list)
    when: str = ""
    required_when: str = ""
    test: str = ""
    off: bool = False
    children: list["Node"] = field(default_factory=list)
    rows: list[list["Node"]] = field(default_factory=list)
    most: int = 0
    least: int = 0
    source: str = ""  # in words
    seal: str = ""
    offers: tuple[tuple[str, str], ...] = ()  # (source, words of its button)
    component: str = ""
    fresh: bool = False  # its inputs mean something else than before: nothing typed meanwhile is kept
    address: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(slots=True)
class Part:
    """A section of the form. ``number`` counts those that are asked now, ``off`` is one that is not."""

    id: str
    title: str
    hint: str
    nodes: list[Node]
    when: str = ""
    test: str = ""
    off: bool = False


@dataclass(slots=True)
class Page:
    """What the nodes are made of."""

    form: Form
    values: Typed
    problems: Problems
    places: Places
    answers: dict[str, Any]
    papers: Mapping[str, str]  # component → its name
    fresh: str
    offers: tuple[tuple[str, str], ...]


def show(
    form: Form,
    values: Typed,
    problems: Problems,
    *,
    places: Places = NOWHERE,
    papers: Mapping[str, str] = {},
    fresh: str = "",
    offers: tuple[tuple[str, str], ...] = (),
) -> list[Part]:
    """Every section, also those that are not asked now: a page without JavaScript shows them with their condition."""
    answers = read_answers(form, values, places=places)
    page = Page(form, values, problems, places, answers, papers, fresh, offers)
    return [_part(section, page) for section in form.sections]


def words_of(schema: Mapping[str, Any], key: str = "title") -> str:
    """In the language of the page, where the form has it."""
    if key == "title" and get_language() == "en" and schema.get("x-title-en"):
        return str(schema["x-title-en"])
    return str(schema.get(key, ""))


def _part(section: Section, page: Page) -> Part:
    titles = page.form.titles
    own = section.when
    return Part(
        id=f"s-{section.id}".replace(" ", "-"),
        title=words_of(section.schema) or section.title,
        hint=str(section.schema.get("help", "")),
        nodes=[_node(one, page, PREFIX, page.answers, titles, section_when=own) for one in section.fields],
        when=say(own, titles) if own else "",
        test=browser_test(own, page.form.fields, PREFIX) if own else "",
        off=own is not None and not holds(own, page.answers),
    )


def _node(
    one: Field,
    page: Page,
    prefix: str,
    answers: Mapping[str, Any],
    titles: Mapping[str, str],
    *,
    neighbours: tuple[Field, ...] | None = None,
    section_when: Condition | None = None,
) -> Node:
    name, schema = prefix + one.name, one.schema
    when = schema.get("x-when")
    among = neighbours if neighbours is not None else page.form.fields
    node = Node(
        kind=one.kind,
        name=name,
        path=name.removeprefix(PREFIX),
        title=words_of(schema) or one.name,
        hint=words_of(schema, "description"),
        required=one.required,
        width=_WIDTHS[schema.get("x-width") or ("half" if one.kind in SHORT_KINDS else "full")],
        value=page.values.get(name, _usual(one)),
        longest=schema.get("maxLength", 0),
        radio=schema.get("x-look") == "radio",
        options=[(str(option), str(option)) for option in options_of(schema)],
        errors=page.problems.of(name),
        when=say(when, titles) if when else "",
        required_when=say(one.required_when, titles) if one.required_when else "",
        test=browser_test(when, among, prefix) if when else "",
        off=when is not None and not holds(when, answers),
        fresh=page.fresh == name,
    )
    _FILL.get(one.kind, _nothing)(node, one, page)
    return node


def _usual(one: Field) -> str:
    return str(one.schema.get("default", "")) if one.kind != "tick" else ""


def _nothing(node: Node, one: Field, page: Page) -> None:
    """A simple field has nothing inside."""


def _yes_no(node: Node, one: Field, page: Page) -> None:
    node.options = [("yes", _("Có")), ("no", _("Không"))]


def _choices(node: Node, one: Field, page: Page) -> None:
    """Each option is an input of its own; its place in the list is its name."""
    node.ticks = [
        (f"{node.name}.{index}", words, page.values.get(f"{node.name}.{index}") == "1")
        for index, (_option, words) in enumerate(node.options)
    ]


def _paper(node: Node, one: Field, page: Page) -> None:
    node.component = str(one.schema.get("x-component", ""))
    node.value = page.papers.get(node.component, "")


def _person(node: Node, one: Field, page: Page) -> None:
    node.offers = page.offers
    node.children = list(_children(one, page, f"{node.name}."))
    source = read_source(node.name, page.values)
    if source != TYPED:
        node.source, node.seal = str(SOURCE_WORDS[source]), page.values.get(f"{node.name}.source", "")


def _group(node: Node, one: Field, page: Page) -> None:
    node.least, node.most = one.rows
    node.rows = [
        list(_children(one, page, f"{node.name}.{index}."))
        for index in range(count_rows(one, page.values, node.name))
    ]


def _children(one: Field, page: Page, prefix: str) -> Iterator[Node]:
    answers = _answers_at(one, page, prefix)
    titles = {part.name: part.title for part in one.fields}
    for part in one.fields:
        yield _node(part, page, prefix, answers, titles, neighbours=one.fields)


def _answers_at(one: Field, page: Page, prefix: str) -> Mapping[str, Any]:
    """What is typed in this row or block. A blank one is no answer of the form, so it is read by itself."""
    return read_fields(one.fields, page.values, prefix, places=page.places)


def _address(node: Node, one: Field, page: Page) -> None:
    values, places = page.values, page.places
    province = values.get(f"{node.name}.province_code", "")
    commune = values.get(f"{node.name}.commune_code", "")
    provinces, communes = dict(places.provinces), dict(places.communes.get(province, {}))
    if province not in ("", ELSEWHERE) and province not in provinces:  # handed in by another system
        provinces[province] = values.get(f"{node.name}.province_name", province)
        if commune not in ("", ELSEWHERE):
            communes[commune] = values.get(f"{node.name}.commune_name", commune)
    node.address = {
        "provinces": [*provinces.items(), (ELSEWHERE, _("Nơi khác (ghi rõ)"))] if provinces else [],
        "communes": [*communes.items(), (ELSEWHERE, _("Nơi khác (ghi rõ)"))] if communes else [],
        "province": province,
        "commune": commune if commune in communes or commune == ELSEWHERE else "",
        "by_hand": not provinces or province == ELSEWHERE,
        "province_name": values.get(f"{node.name}.province_name", ""),
        "commune_name": values.get(f"{node.name}.commune_name", ""),
        "detail": values.get(f"{node.name}.detail", ""),
        "errors": {
            part: page.problems.of(f"{node.name}.{part}")
            for part in ("province_code", "province_name", "commune_code", "commune_name", "detail")
        },
    }


def names_below(node: Node) -> Iterator[str]:
    """Every place of this node where a sentence may stand: the question itself, its parts, its rows."""
    if node.kind == "paper":
        return
    yield node.name
    if node.kind == "address":
        listed = (("provinces", "province_code"), ("communes", "commune_code"))
        yield from (f"{node.name}.{part}" for key, part in listed if node.address[key])
        yield from (f"{node.name}.{part}" for part in ("province_name", "commune_name", "detail"))
    for child in [*node.children, *(one for row in node.rows for one in row)]:
        yield from names_below(child)


def aimed(problems: Problems, form: Form, values: Typed, places: Places) -> Problems:
    """Sentences about the name of a province or commune that is chosen from a list point at the list."""
    made = Problems()
    for name, sentence in problems.summary:
        at, _dot, part = name.rpartition(".")
        listed = {"province_name": "province_code", "commune_name": "commune_code"}.get(part)
        province = values.get(f"{at}.province_code", "")
        by_hand = province == ELSEWHERE or not places.provinces
        if part == "commune_name" and not by_hand:
            if province not in places.communes:
                listed = "province_code"
            by_hand = values.get(f"{at}.commune_code") == ELSEWHERE
        made.add(f"{at}.{listed}" if listed and not by_hand else name, sentence)
    return made


_FILL = {
    "yes_no": _yes_no,
    "choices": _choices,
    "paper": _paper,
    "person": _person,
    "group": _group,
    "address": _address,
}


def browser_test(condition: Condition, fields: tuple[Field, ...], prefix: str) -> str:
    """The condition in terms of inputs, for components/form/form.js."""
    asked = {one.name: one for one in fields}
    return json.dumps(_translated(condition, asked, prefix), ensure_ascii=False)


def _translated(condition: Condition, asked: Mapping[str, Field], prefix: str) -> dict[str, Any]:
    for joint in ("all", "any"):
        if joint in condition:
            return {joint: [_translated(one, asked, prefix) for one in condition[joint]]}
    if "not" in condition:
        return {"not": _translated(condition["not"], asked, prefix)}
    one = asked.get(condition["field"])
    if one is not None and one.kind == "choices":  # only whether anything is ticked can be asked
        inputs = range(len(options_of(one.schema)))
        ticked = {"any": [{"input": f"{prefix}{one.name}.{index}", "in": ["1"]} for index in inputs]}
        return ticked if condition.get("filled", True) else {"not": ticked}
    told = {key: value for key, value in condition.items() if key not in ("field", "equals", "in")}
    values = condition.get("in", [condition["equals"]] if "equals" in condition else None)
    if values is not None:
        told["in"] = [_in_input(value, one.kind if one else "text") for value in values]
    return {"input": prefix + condition["field"], **told}


def _in_input(value: object, kind: str) -> str:
    if isinstance(value, bool):
        return "1" if kind == "tick" else ("yes" if value else "no")
    return str(value)
