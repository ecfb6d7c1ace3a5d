"""Where is my dossier? By code and secret, without an account.

An unknown code and a wrong secret get the same words after the same work. What
was opened is kept in the session for half an hour, so that the address of the
page holds neither.
"""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.deadlines.errors import ClockNotFound
from apps.deadlines.selectors import DueDateView, get_due
from apps.deadlines.wording import Sentence, sentences
from apps.dossiers.enums import Status
from apps.dossiers.selectors import PublicStatus, find_public_status
from apps.fees.selectors import find_exemption, get_fees
from apps.notifications.selectors import list_messages
from apps.procedures.selectors import AdoptedView, get_shown_version, get_version
from frontend.citizen.limits import count_try, forgive
from frontend.citizen.plain_words import plain_status
from frontend.citizen.way import stages_of
from kernel.errors import DomainError
from kernel.http.addresses import client_address

_OPENED = "tracking"
_KEPT_SECONDS = 30 * 60
_RUNNING = frozenset(
    {
        Status.ACCEPTED,
        Status.PROCESSING,
        Status.AWAITING_SUPPLEMENT,
        Status.AWAITING_PAYMENT,
        Status.WITHDRAWAL_REQUESTED,
    }
)


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a receipt's QR brings the code with it."""
    if request.method == "GET":
        return _form(request, code=request.GET.get("code", "")[:60], problem="")
    code, secret = request.POST.get("code", "")[:60].strip(), request.POST.get("secret", "")[:60].strip()
    if not code or not secret:
        return _form(request, code=code, problem=_("Hãy nhập cả mã hồ sơ và mã tra cứu."), status=422)
    address = client_address(request)
    try:
        count_try(code=code, address=address)
    except DomainError as refused:
        return _form(request, code=code, problem=str(refused), status=refused.kind.value)
    if find_public_status(code=code, secret=secret) is None:
        problem = _("Mã hồ sơ hoặc mã tra cứu không đúng. Hãy xem lại hai mã trên giấy tiếp nhận.")
        return _form(request, code=code, problem=problem, status=422)
    forgive(code=code, address=address)
    request.session[_OPENED] = {"code": code, "secret": secret, "until": int(time.time()) + _KEPT_SECONDS}
    return HttpResponseRedirect(reverse("citizen:track-status"))


@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    opened = request.session.get(_OPENED)
    if not opened or opened["until"] < time.time():
        return HttpResponseRedirect(reverse("citizen:track"))
    public = find_public_status(code=opened["code"], secret=opened["secret"])
    if public is None:
        return HttpResponseRedirect(reverse("citizen:track"))
    return render(request, "citizen/track/status.html", _context(public))


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """On a shared machine: forget what was opened."""
    request.session.pop(_OPENED, None)
    return HttpResponseRedirect(reverse("citizen:track"))


def _form(request: HttpRequest, *, code: str, problem: str, status: int = 200) -> HttpResponse:
    return render(request, "citizen/track/ask.html", {"code": code, "problem": problem}, status=status)


def _context(public: PublicStatus) -> dict[str, Any]:
    now = timezone.now()
    due, why = _due(public, now)
    return {
        "dossier": public,
        "plain": plain_status(public.status, is_accepted=public.accepted_at is not None),
        "due_at": due,
        "is_paused": public.status in {Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT},
        "is_late": due is not None and due < (public.finished_at or now),
        "is_over": public.finished_at is not None,
        "is_waiting": public.status == Status.SUBMITTED,
        "why": why,
        "fees": get_fees(subject_id=public.dossier_id),
        "exemption": find_exemption(subject_id=public.dossier_id),
        "stages": stages_of(public, _version(public).content["process"]),
        "messages": list_messages(public.dossier_id, channel="PAGE"),
        "asked_at": now,
    }


def _version(public: PublicStatus) -> AdoptedView:
    """While it is open, with words that were put right since."""
    return (get_shown_version if public.finished_at is None else get_version)(public.procedure_id)


def _due(public: PublicStatus, now: Any) -> tuple[Any, list[Sentence]]:
    """The date and its explanation; before acceptance only the hours within which it is checked."""
    clock: DueDateView | None = None
    if public.status in _RUNNING or public.finished_at is not None:
        try:
            clock = get_due(public.dossier_id)
        except ClockNotFound:
            clock = None
    if clock is not None:
        return clock.due_at, sentences(clock.explanation)
    return (public.due_at if public.status == Status.SUBMITTED else None), []
