"""One citizen at one form: what is typed so far, which parts are asked now, what is still wrong."""

import time
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from apps.dossiers.intake import EXEMPT_GROUP
from apps.fees.assessment import list_choices
from apps.forms import selectors as declarations
from apps.forms.compiling import Field, Form, get_form
from apps.forms.judging import problems_of
from apps.procedures.selectors import AdoptedView, get_version_in_force, require_handled_here
from frontend.filling.nodes import aimed, show
from frontend.filling.reading import PREFIX, read_answers
from frontend.filling.units import places_here
from frontend.problems import Problems
from frontend.sparing import Choice, choices_of

SESSION = "declaring"
_KEPT_SECONDS = 2 * 3600  # on a machine that may be shared; with both codes it is opened again
LAST = "xong"
_LONGEST = 10_000


@dataclass(slots=True)
class Filling:
    """One citizen at one form. ``typed`` holds what belongs to the form, and the group that is claimed."""

    version: AdoptedView
    form: Form
    keys: dict[str, str]  # code and secret; empty before anything was sent
    typed: dict[str, str]


def load_filling(request: HttpRequest, code: str) -> Filling:
    version = get_version_in_force(code, timezone.localdate(timezone.now()))
    if version is None:
        raise Http404
    require_handled_here(version)  # nobody fills in what no counter here may take over
    form = get_form(version.content["form"], content_sha256=version.content_sha256)
    filling = Filling(version, form, remembered(request, code), {})
    found = find_stored(filling)
    if found is None or found.taken_at is not None:
        filling.keys = {}
    else:
        filling.typed = dict(found.typed)
    return filling


def find_stored(filling: Filling) -> declarations.DeclarationView | None:
    if not filling.keys:
        return None
    return declarations.find_declaration(**filling.keys, now=timezone.now())


def take_over(request: HttpRequest, filling: Filling, step: str) -> None:
    """What this part's inputs hold now; a tick that is taken away sends nothing, so they are emptied first."""
    here = {f"{PREFIX}{node.name}" for node in _fields_of(filling, step)}
    kept = {name: text for name, text in filling.typed.items() if top_of(name) not in here}
    sent = {
        name: text[:_LONGEST]
        for name, text in request.POST.items()
        if isinstance(text, str) and top_of(name) in here
    }
    filling.typed = kept | sent


def groups_of(filling: Filling) -> list[Choice]:
    """Who is spared something of the fee, in whatever case and way of handing in."""
    return choices_of(list_choices(fees=filling.version.content["fees"]))


def find_group(filling: Filling) -> Choice | None:
    """The one that the citizen claims to belong to."""
    claimed = filling.typed.get(EXEMPT_GROUP, "")
    return next((one for one in groups_of(filling) if one.key == claimed), None)


def take_group(request: HttpRequest, filling: Filling) -> None:
    """The answer on the last page; what names no group here is none."""
    if EXEMPT_GROUP in request.POST:
        filling.typed[EXEMPT_GROUP] = request.POST[EXEMPT_GROUP]
        if find_group(filling) is None:
            del filling.typed[EXEMPT_GROUP]


def top_of(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _fields_of(filling: Filling, step: str) -> tuple[Field, ...]:
    part = next((one for one in filling.form.sections if _slug(one.id) == step), None)
    if part is None and step != LAST:
        part = filling.form.sections[0]
    return part.fields if part else ()


def _slug(section_id: str) -> str:
    return section_id.replace(" ", "-")


def problems_in(filling: Filling) -> Problems:
    found, places = Problems(), places_here()
    for one in problems_of(filling.form, read_answers(filling.form, filling.typed, places=places)):
        found.add(PREFIX + one.name, f"{one.title}: {one.sentence}")
    return aimed(found, filling.form, filling.typed, places)


def of_part(found: Problems, filling: Filling, step: str) -> Problems:
    here = {f"{PREFIX}{field.name}" for field in _fields_of(filling, step)}
    only = Problems()
    for name, sentence in found.summary:
        if top_of(name) in here:
            only.add(name, sentence)
    return only


def steps_of(filling: Filling) -> list[str]:
    parts = show(filling.form, filling.typed, Problems(), places=places_here())
    return [*(part.id.removeprefix("s-") for part in parts if not part.off), LAST]


def neighbour(filling: Filling, step: str, by: int) -> str:
    steps = steps_of(filling)
    at = steps.index(step) if step in steps else 0
    return steps[max(0, min(at + by, len(steps) - 1))]


def address_of(code: str, step: str) -> str:
    base = reverse("citizen:declare", kwargs={"code": code})
    return f"{base}?phan={step}" if step else base


def remember(request: HttpRequest, procedure: str, keys: dict[str, str]) -> None:
    kept = request.session.get(SESSION, {})
    kept[procedure] = {**keys, "until": int(time.time()) + _KEPT_SECONDS}
    request.session[SESSION] = kept


def remembered(request: HttpRequest, procedure: str) -> dict[str, str]:
    kept = request.session.get(SESSION, {}).get(procedure)
    if not kept or kept["until"] < time.time():
        return {}
    return {"code": kept["code"], "secret": kept["secret"]}


def forget(request: HttpRequest, procedure: str) -> None:
    kept = request.session.get(SESSION, {})
    request.session[SESSION] = {one: keys for one, keys in kept.items() if one != procedure}
