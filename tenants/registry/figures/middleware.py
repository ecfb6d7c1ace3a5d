"""Every request of a tenant leaves a number: which class of page, failed or not, how long."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_tenants.utils import get_public_schema_name

from tenants.registry.figures.noting import notebook


def is_failure(response: HttpResponse) -> bool:
    """A 503 that says when to come again is the platform's own answer (maintenance, closed), not a fault."""
    return response.status_code >= 500 and not (
        response.status_code == 503 and response.has_header("Retry-After")
    )


class FiguresMiddleware:
    """Behind TenantMiddleware. ``PAGE_CLASSES`` are pairs of path prefix and class, the empty class is not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._classes = tuple(settings.PAGE_CLASSES)
        self._centre = get_public_schema_name()
        self._probe = settings.PROBE_AGENT

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        seconds = perf_counter() - begun
        schema = request.tenant.schema_name  # type: ignore[attr-defined]
        path = request.path_info
        page_class = next((name for prefix, name in self._classes if path.startswith(prefix)), "")
        if page_class and schema != self._centre:
            notebook.note(
                schema=schema,
                page_class=page_class,
                failed=is_failure(response),
                seconds=seconds,
                is_probe=request.headers.get("User-Agent") == self._probe,
            )
        return response
