"""The editor as a page: an outline of the form, the details of one question, and the form as people will see it.

One HTML form holds all of it, so that every button works without JavaScript and
none loses what stands in another corner. The caller says where the definition
comes from and how it is kept.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from apps.forms import editing
from apps.forms.checking import FormProblem, definition_problems
from apps.forms.compiling import compile_form
from apps.forms.editing import Definition
from apps.forms.judging import problems_of
from apps.forms.kinds import kind_of, order_of
from frontend.editing.acts import Outcome, act, kinds_beside, spelled, write_typed
from frontend.editing.details import IN_ROWS, KIND_NAMES, TESTS, WIDTHS, part_names, show_condition
from frontend.filling.nodes import Part, aimed, show
from frontend.filling.places import Places
from frontend.filling.reading import PREFIX, read_answers
from frontend.filling.rows import change
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError

Save = Callable[[Definition], None]
# With these a form can still be drawn: it only asks about something that is not there.
_DRAWABLE = frozenset(
    {"form_condition_unknown_field", "form_condition_unknown_value", "form_condition_circle"}
    | {"form_component_unknown", "form_pattern_unsafe", "form_field_untitled", "form_section_untitled"}
)
_SOME_PLACES = Places({"mau": "Tỉnh Mẫu"}, {"mau": {"mau.1": "Phường Mẫu", "mau.2": "Xã Mẫu"}})
_LONGEST = 10_000
_NOTE = "form_editor"


def edit(
    request: HttpRequest,
    definition: Definition,
    *,
    components: Mapping[str, str],
    save: Save,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """``components``: key → name of the papers a question may point at. ``save`` may refuse."""
    stored = editing.with_sections(definition)
    look_at = request.GET.get("o", "") or _first(stored)
    outcome, answers, found, fresh = Outcome(stored, look_at), dict[str, str](), Problems(), ""
    checked = False
    if request.method == "POST":
        typed = {name: str(text)[:_LONGEST] for name, text in request.POST.items()}
        typed["undo"] = _noted(request).get("undo", "")
        answers = {name: text for name, text in typed.items() if name.startswith(PREFIX)}
        do = typed.get("do", "")
        if "refresh" in typed or do in ("check", "preview"):
            outcome.form = write_typed(stored, look_at, typed)
            checked = do == "check"
        else:
            outcome = act(stored, do, look_at, typed)
            found = _saved(outcome, definition, save)
            if not found:
                return _back(request, outcome)
        fresh = typed.get("refresh", "")
    drawn = _drawn(outcome.form, answers, components, fresh=fresh, checked=checked)
    context = context | drawn | _page(outcome, components) | {"refused": found}
    noted = _noted(request)
    context |= {
        "said": noted.get("said", "") if request.method == "GET" else "",
        "undo": bool(noted.get("undo")),
    }
    return render(request, template, context, status=422 if found else 200)


def _saved(outcome: Outcome, before: Definition, save: Save) -> Problems:
    if spelled(outcome.form) == spelled(before):
        return Problems()
    try:
        save(outcome.form)
    except DomainError as refused:
        return laid_out(refused, set())
    return Problems()


def _back(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """What was done is told on the next page, and a removed question can be brought back until the next act."""
    request.session[_NOTE] = {"path": request.path, "said": outcome.said, "undo": outcome.undo}
    query = urlencode({"o": outcome.look_at} if outcome.look_at else {})
    return HttpResponseRedirect(f"{request.path}?{query}#details" if query else request.path)


def _noted(request: HttpRequest) -> dict[str, str]:
    noted: dict[str, str] = request.session.get(_NOTE, {})
    return noted if noted.get("path") == request.path else {}


def _first(form: Definition) -> str:
    order = order_of(form)
    return order[0] if order else f"#{form['x-sections'][0]['id']}"


def _page(outcome: Outcome, components: Mapping[str, str]) -> dict[str, Any]:
    form, look_at = outcome.form, outcome.look_at
    problems = definition_problems(form, components=components)
    field = editing.find_field(form, look_at) if not look_at.startswith("#") else None
    section = next((one for one in form["x-sections"] if f"#{one['id']}" == look_at), None)
    beside = kinds_beside(form, look_at if field else "")
    titles = _titles(form, look_at)
    shown = field or section or {}
    return {
        "outline": _outline(form, problems),
        "look_at": look_at,
        "field": field,
        "kind": kind_of(field) if field else "",
        "is_required": editing.is_required(form, look_at),
        "section": section,
        "kinds": [
            (kind, str(name)) for kind, name in KIND_NAMES.items() if "." not in look_at or kind in IN_ROWS
        ],
        "kinds_in_rows": [(kind, str(KIND_NAMES[kind])) for kind in IN_ROWS],
        "kind_names": KIND_NAMES,
        "widths": WIDTHS,
        "tests": TESTS,
        "neighbours": [(name, titles.get(name, name)) for name, kind in beside.items() if kind != "paper"],
        "when": show_condition(shown.get("x-when" if field else "when"), titles),
        "needed": show_condition(shown.get("x-required-when"), titles),
        "parts_of_person": part_names(),
        "components": list(components.items()),
        "form_problems": problems,
        "sections_of_form": [(one["id"], one.get("title", "")) for one in form["x-sections"]],
        "many": len(form["properties"]),
    }


def _titles(form: Definition, path: str) -> dict[str, str]:
    group = path.rpartition(".")[0]
    parent = (editing.find_field(form, group) or {}).get("items", {}) if group else form
    return {name: str(one.get("title", name)) for name, one in parent.get("properties", {}).items()}


def _outline(form: Definition, problems: list[FormProblem]) -> list[dict[str, Any]]:
    wrong = [problem.place for problem in problems]

    def line(path: str, name: str, field: dict[str, Any], parent: Definition, place: str) -> dict[str, Any]:
        kind, items = kind_of(field), field.get("items", {})
        columns = items.get("properties", {}) if kind == "group" else {}
        return {
            "path": path,
            "title": field.get("title") or name,
            "kind": str(KIND_NAMES.get(kind, kind)),
            "required": name in parent.get("required", ()),
            "conditional": "x-when" in field,
            "wrong": any(one == place or one.startswith(f"{place}.") for one in wrong),
            "columns": [
                line(f"{path}.{column}", column, columns[column], items, f"{place}.items.properties.{column}")
                for column in (order_of(items) if columns else [])
            ],
            "is_group": kind == "group",
        }

    fields = form["properties"]
    lines = [
        (fields[name].get("x-section"), line(name, name, fields[name], form, f"properties.{name}"))
        for name in order_of(form)
    ]
    return [
        {
            "id": one["id"],
            "title": one.get("title", ""),
            "conditional": "when" in one,
            "wrong": any(place.startswith(f"x-sections.{at}") for place in wrong),
            "fields": [told for section, told in lines if section == one["id"]],
        }
        for at, one in enumerate(form["x-sections"])
    ]


def _drawn(
    definition: Definition,
    answers: dict[str, str],
    components: Mapping[str, str],
    *,
    fresh: str,
    checked: bool,
) -> dict[str, Any]:
    """The form as it will be, with what was typed into it for trial."""
    problems = definition_problems(definition, components=components)
    nothing: list[Part] = []
    if any(problem.code not in _DRAWABLE for problem in problems):
        return {"parts": nothing, "trial": Problems(), "passed": False}
    form = compile_form(definition)
    moved = change(form, answers, fresh, facts={"SUBMITTER": _SOMEBODY}) if fresh else ""
    trial = Problems()
    read = read_answers(form, answers, places=_SOME_PLACES)
    for one in problems_of(form, read) if checked else ():
        trial.add(PREFIX + one.name, f"{one.title}: {one.sentence}")
    trial = aimed(trial, form, answers, _SOME_PLACES)
    offers = (("SUBMITTER", "Như người nộp hồ sơ"),)
    parts = show(form, answers, trial, places=_SOME_PLACES, papers=components, fresh=moved, offers=offers)
    return {"parts": parts, "trial": trial, "passed": checked and not trial}


_SOMEBODY = {
    "name": "Nguyễn Văn Mẫu",
    "identity_number": "001090000001",
    "birth_date": "01/01/1990",
    "address": "Số 1, đường Mẫu",
}
