"""Fill in the form at home, one part after the other; the counter takes it over by its code.

What was typed is kept in the tenant's table from the first part on, and found
again by code and secret; the session only remembers which one is being filled
in. The address of a page holds neither.
"""

from contextlib import suppress
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.dossiers.intake import EXEMPT_GROUP
from apps.forms import selectors as declarations
from apps.forms import services
from apps.forms.errors import DeclaringNotOpen
from frontend.citizen.declaring import (
    LAST,
    Filling,
    address_of,
    find_group,
    find_stored,
    forget,
    groups_of,
    load_filling,
    neighbour,
    of_part,
    problems_in,
    remember,
    remembered,
    steps_of,
    take_group,
    take_over,
    top_of,
)
from frontend.citizen.limits import count_opening, count_reopening, forgive_reopening
from frontend.filling.nodes import Part, aimed, show
from frontend.filling.reading import read_answers
from frontend.filling.rows import change
from frontend.filling.told import tell
from frontend.filling.units import places_here
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from kernel.http.addresses import client_address
from tenants.registry.context import get_current_tenant
from tenants.releases.flags import is_on


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """One part a page: ``?phan=<its id>``; the last page shows everything before it is finished."""
    filling = load_filling(request, code)
    if not filling.keys and not is_on(key="khai-truoc", tenant=get_current_tenant()):
        raise DeclaringNotOpen  # what was begun before it was switched off is finished in peace
    step = request.GET.get("phan", "")
    if request.method == "GET":
        return _page(request, filling, step, Problems())
    take_over(request, filling, step)
    if step == LAST:
        take_group(request, filling)
    fresh = change(filling.form, filling.typed, request.POST.get("refresh", ""))
    if "refresh" in request.POST:
        return _page(request, filling, step, Problems(), fresh=fresh)
    try:
        _keep(request, filling)
        if step == LAST:
            return _finished(request, filling)
    except DomainError as refused:
        found = aimed(laid_out(refused), filling.form, filling.typed, places_here())
        return _page(request, filling, step, found, status=refused.kind.value)
    found = problems_in(filling)
    wrong = of_part(found, filling, step)
    if wrong and "back" not in request.POST:
        return _page(request, filling, step, wrong, status=422)
    return HttpResponseRedirect(
        address_of(code, neighbour(filling, step, -1 if "back" in request.POST else 1))
    )


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The code to take to the counter, with its QR and everything that was answered, to be printed."""
    filling = load_filling(request, code)
    found = find_stored(filling)
    if found is None or found.answers is None:
        return HttpResponseRedirect(address_of(code, ""))
    context = {
        "procedure": filling.version,
        "declaration": found,
        "secret": filling.keys["secret"],
        "qr": segno.make(found.code, error="m").svg_data_uri(scale=4),
        "sections": tell(filling.form, found.answers),
        "group": find_group(filling),
        "here_again": f"{reverse('citizen:declared')}?code={found.code}",
    }
    return render(request, "citizen/declare/done.html", context)


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest) -> HttpResponse:
    """With both codes, on any machine."""
    if request.method == "GET":
        return _asked(request, request.GET.get("code", "")[:60])
    code, secret = request.POST.get("code", "")[:60], request.POST.get("secret", "")[:60]
    address = client_address(request)
    try:
        count_reopening(code=code, address=address)
    except DomainError as refused:
        return _asked(request, code, str(refused), refused.kind.value)
    found = declarations.find_declaration(code=code, secret=secret, now=timezone.now())
    if found is None or found.taken_at is not None:
        return _asked(request, code, _("Mã tờ khai hoặc mã bí mật không đúng, hoặc tờ khai đã hết hạn."), 422)
    forgive_reopening(code=code, address=address)
    remember(request, found.procedure_code, {"code": found.code, "secret": secret})
    next_page = "citizen:declare-done" if found.finished_at else "citizen:declare"
    return HttpResponseRedirect(reverse(next_page, kwargs={"code": found.procedure_code}))


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """On a shared machine: forget which declaration it was. ``discard``: forget the declaration itself."""
    keys = remembered(request, code)
    if keys and "discard" in request.POST:
        with suppress(DomainError):  # gone already, or with the counter: nothing is left to forget here
            services.discard_declaration(**keys, now=timezone.now())
    forget(request, code)
    return HttpResponseRedirect(reverse("citizen:procedure", kwargs={"code": code}))


def _keep(request: HttpRequest, filling: Filling) -> None:
    """Raises DeclarationTaken and the limits of opening."""
    now = timezone.now()
    if filling.keys:
        if request.GET.get("phan") != LAST or EXEMPT_GROUP in request.POST:
            services.save_declaration(**filling.keys, typed=filling.typed, now=now)
        return
    count_opening(address=client_address(request))
    opened = services.open_declaration(
        procedure_code=filling.version.code,
        version_public_id=filling.version.public_id,
        form_sha256=filling.form.sha256,
        typed=filling.typed,
        now=now,
    )
    filling.keys = {"code": opened.code, "secret": opened.secret}
    remember(request, filling.version.code, filling.keys)


def _finished(request: HttpRequest, filling: Filling) -> HttpResponse:
    services.finish_declaration(
        **filling.keys,
        form=filling.form,
        version_public_id=filling.version.public_id,
        answers=read_answers(filling.form, filling.typed, places=places_here()),
        now=timezone.now(),
    )
    return HttpResponseRedirect(reverse("citizen:declare-done", kwargs={"code": filling.version.code}))


def _page(
    request: HttpRequest,
    filling: Filling,
    step: str,
    found: Problems,
    *,
    status: int = 200,
    fresh: str = "",
) -> HttpResponse:
    steps = steps_of(filling)
    step = step if step in steps else steps[0]
    if step == LAST and not filling.keys:
        return HttpResponseRedirect(address_of(filling.version.code, ""))
    content = filling.version.content
    parts = show(
        filling.form,
        filling.typed,
        found,
        places=places_here(),
        papers={component["key"]: component["name"] for component in content["components"]},
        fresh=fresh,
    )
    context: dict[str, Any] = {
        "procedure": filling.version,
        "step": steps.index(step) + 1,
        "steps": len(steps),
        "problems": found,
        "code": filling.keys.get("code", ""),
        "address": address_of(filling.version.code, step),
    }
    if step == LAST:
        return _review(request, filling, parts, context, status)
    context["part"] = next(part for part in parts if part.id == f"s-{step}")
    return render(request, "citizen/declare/part.html", context, status=status)


def _review(
    request: HttpRequest, filling: Filling, parts: list[Part], context: dict[str, Any], status: int
) -> HttpResponse:
    """Everything once more; what is still wrong leads to the part that it stands in."""
    wrong = []
    for name, sentence in problems_in(filling).summary:
        part = next(one for one in parts if any(node.name == top_of(name) for node in one.nodes))
        address = address_of(filling.version.code, part.id.removeprefix("s-"))
        wrong.append((f"{address}#f-{name.replace('.', '-')}", sentence))
    context |= {
        "wrong": wrong,
        "choices": groups_of(filling),
        "chosen": filling.typed.get(EXEMPT_GROUP, ""),
        "sections": tell(filling.form, read_answers(filling.form, filling.typed, places=places_here())),
    }
    return render(request, "citizen/declare/review.html", context, status=status)


def _asked(request: HttpRequest, code: str, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "citizen/declare/ask.html", {"code": code, "problem": problem}, status=status)
