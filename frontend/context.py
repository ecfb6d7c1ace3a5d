"""What every page may use besides what its view hands over."""

from typing import Any

from django.http import HttpRequest

from frontend.announced import Announced
from tenants.registry.enums import TenantState

THEMES = ("light", "dark")
_SET_UP = {"UNIT_ADMIN", "PROCEDURE_CONTROLLER", "TECHNICIAN"}
_RECEIVE = {"RECEPTION", "SUPPORT"}


def page(request: HttpRequest) -> dict[str, Any]:
    """``person`` is who signed in, or None. It is read only by layouts that show it."""
    theme = request.COOKIES.get("theme", "")
    tenant = getattr(request, "tenant", None)
    return {
        "theme": theme if theme in THEMES else "",
        "tenant_name": tenant.name if tenant else "",
        "person": _Person(request),
        "announced": Announced(request),
        "only_reads": getattr(tenant, "state", "") == TenantState.READ_ONLY,
        "tenant_notice": getattr(tenant, "notice", ""),
        "here": request.get_full_path(),
    }


class _Person:
    """Asked late: a page without a user menu reads no session and no user."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def name(self) -> str:
        user = getattr(self._request, "user", None)
        return user.full_name if user is not None and user.is_authenticated else ""

    @property
    def actor(self) -> Any:
        """The actor that the access check has bound to the request, or None."""
        return getattr(self._request, "actor", None)

    @property
    def may_set_up(self) -> bool:
        return self._holds(_SET_UP)

    @property
    def may_receive(self) -> bool:
        return self._holds(_RECEIVE)

    def _holds(self, duties: set[str]) -> bool:
        actor = self.actor
        return actor is not None and any(grant.duty in duties for grant in actor.grants)
