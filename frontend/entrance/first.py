"""The first door of somebody who has no password yet: a link, a password of their own choice, and in."""

from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from apps.accounts.selectors import UserView, get_user_of_first_link
from apps.accounts.services import use_first_link
from frontend.problems import Problems, laid_out
from kernel.errors import DomainError
from kernel.http.addresses import client_address
from tenants.registry.context import find_current_tenant

_FIELDS = {"password", "again"}


@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """A link that opens nothing is answered with the reason; it never says whose it was."""
    if find_current_tenant() is None:
        raise Http404
    address = client_address(request)
    try:
        user = get_user_of_first_link(token=token, address=address, now=timezone.now())
    except DomainError as refused:
        return render(request, "entrance/first_refused.html", {"problem": refused}, status=refused.kind.value)
    problems = Problems()
    if request.method == "POST":
        problems = _choose(request, token, address)
        if not problems:
            return _come_in(request, user)
    context = {"user": user, "problems": problems}
    return render(request, "entrance/first.html", context, status=422 if problems else 200)


@sensitive_variables("token", "password")
def _choose(request: HttpRequest, token: str, address: str) -> Problems:
    password, problems = request.POST.get("password", ""), Problems()
    if password != request.POST.get("again", ""):
        problems.add("again", _("Hai lần nhập không giống nhau. Hãy nhập lại cả hai ô."))
        return problems
    try:
        use_first_link(token=token, password=password, address=address, now=timezone.now())
    except DomainError as refused:
        return laid_out(refused, _FIELDS)
    return problems


@sensitive_variables("password")
def _come_in(request: HttpRequest, user: UserView) -> HttpResponse:
    """Signed in as on any other day; where that is refused (too many attempts before), the door says so."""
    try:
        known = authenticate(request, username=user.username, password=request.POST.get("password", ""))
    except DomainError:
        known = None
    if known is None:
        return HttpResponseRedirect("/sign-in/")
    login(request, known)
    return HttpResponseRedirect("/desk/")
