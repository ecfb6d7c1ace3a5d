"""Who may open a page: checked before the view's body runs."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.accounts.selectors import get_actor
from frontend.errors import is_partial, signed_out
from frontend.filters import VIETNAM
from kernel.actors import Actor, ActorKind

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that came through ``staff`` or ``operator``: somebody is known, and what time it is."""

    actor: Actor
    now: datetime
    kept_files: dict[str, list[str]]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_partial(request):
        # A piece of a page cannot hold the sign-in form: send the whole window there.
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(request.headers.get("HX-Current-URL", "/")).url
        return response
    if request.method == "POST":
        return signed_out(request)
    return redirect_to_login(request.get_full_path())


def staff(*duties: str) -> Callable[[View], View]:
    """For people of the tenant. With duties: one of them, anywhere, opens the page;
    what exactly it covers is the service's question. Sets ``request.actor`` and ``request.now``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            request.now = timezone.now()  # type: ignore[attr-defined]
            actor = get_actor(request.user.pk, on=timezone.localdate(request.now, VIETNAM))  # type: ignore[attr-defined]
            request.actor = actor  # type: ignore[attr-defined]
            if duties and not {grant.duty for grant in actor.grants} & set(duties):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def operator(view: View) -> View:
    """For people of the centre, on the operators' host. Sets ``request.actor`` and ``request.now``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.actor = Actor(kind=ActorKind.OPERATOR, id=request.user.pk, name=request.user.full_name)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded
