"""Sign in and out, and the two switches that a cookie remembers."""

import re

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frontend.announced import COOKIE, MOST_HIDDEN, read_hidden
from frontend.context import THEMES
from kernel.errors import DomainError

_YEAR = 365 * 24 * 3600


def _next(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else otherwise


def _landing(request: HttpRequest) -> str:
    return "/" if getattr(request, "urlconf", None) == settings.PUBLIC_SCHEMA_URLCONF else "/desk/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    username, problem, status = request.POST.get("username", "").strip(), "", 200
    if request.method == "POST":
        try:
            user = authenticate(request, username=username, password=request.POST.get("password", ""))
        except DomainError as refused:  # locked out: the backend says until when
            user, problem, status = None, str(refused), refused.kind.value
        else:
            if user is not None:
                login(request, user)
                return HttpResponseRedirect(_next(request, _landing(request)))
            problem = _(
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi thử lại."
            )
            status = 422
    context = {"username": username, "problem": problem, "next": _next(request, "")}
    return render(request, "entrance/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect("/sign-in/")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine is set (the cookie is dropped)."""
    response = HttpResponseRedirect(_next(request, "/"))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=_YEAR, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def hide_announcement(request: HttpRequest) -> HttpResponse:
    """This browser shows it no longer; nothing is kept about the person."""
    response = HttpResponseRedirect(_next(request, "/"))
    hidden, one = read_hidden(request), request.POST.get("announcement", "")
    if re.fullmatch(r"[0-9]{1,12}", one):
        kept = ".".join(map(str, sorted(hidden | {int(one)})[-MOST_HIDDEN:]))
        response.set_cookie(COOKIE, kept, max_age=_YEAR, samesite="Lax")
    return response
