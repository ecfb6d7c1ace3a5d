"""The last gate before a view: what does not pass is answered as a page or as a problem document."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from api import closed as for_programs
from frontend import closed as for_people
from tenants.registry.postgresql.base import is_write_refused
from tenants.registry.standing import PASSES, Door


class ClosedDoorMiddleware:
    """Stands behind language, security headers and the user, and reads none of them: no statement is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door: Door = request.door  # type: ignore[attr-defined]
        return self.get_response(request) if door in PASSES else _answer(request, door)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A way of writing that nobody thought of, stopped by the database."""
        return _answer(request, Door.NOT_NOW) if is_write_refused(exception) else None


def _answer(request: HttpRequest, door: Door) -> HttpResponse:
    moved_to: str = request.moved_to  # type: ignore[attr-defined]
    address = settings.PUBLIC_ADDRESS.format(host=moved_to) + request.get_full_path() if moved_to else ""
    program = request.path_info.startswith("/api/")
    if door is Door.MOVED and (program or request.method in ("GET", "HEAD")):
        return HttpResponsePermanentRedirect(address, preserve_request=request.method not in ("GET", "HEAD"))
    if door is Door.SUCCEEDED and not program and request.method in ("GET", "HEAD"):
        return HttpResponsePermanentRedirect(address)
    answer = for_programs.answer if program else for_people.answer
    return answer(request, door=door, address=address)
