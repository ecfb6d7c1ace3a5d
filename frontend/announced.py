"""What the centre says to the people of this tenant, as a calm bar on the pages that they read."""

import re

from django.http import HttpRequest
from django.utils import timezone

from tenants.registry.context import find_current_tenant
from tenants.releases.announcements import list_for
from tenants.releases.enums import Audience
from tenants.releases.models import Announcement

COOKIE = "hidden-announcements"
MOST_HIDDEN = 50
_MOST_SHOWN = 3
_ROOMS = (("/desk/", (Audience.STAFF,)), ("/setup/", (Audience.STAFF, Audience.ADMIN)))


class Announced:
    """Asked late: a piece of a page, and a page without the bar, ask nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def list(self) -> list[Announcement]:
        """Newest first, without those that this browser has closed; none at the centre."""
        tenant = find_current_tenant()
        if tenant is None:
            return []
        hidden, now, found = read_hidden(self._request), timezone.now(), {}
        for audience in _audiences(self._request.path_info):
            for one in list_for(tenant=tenant, audience=audience, now=now):
                found[one.id] = one
        shown = [one for one in found.values() if one.id not in hidden]
        return sorted(shown, key=lambda one: (one.shown_from, one.id), reverse=True)[:_MOST_SHOWN]


def read_hidden(request: HttpRequest) -> set[int]:
    """Which ones this browser has closed."""
    text = request.COOKIES.get(COOKIE, "")[:1000]
    return {int(part) for part in text.split(".") if re.fullmatch(r"[0-9]{1,12}", part)}


def _audiences(path: str) -> tuple[str, ...]:
    return next((audiences for room, audiences in _ROOMS if path.startswith(room)), (Audience.CITIZEN,))
