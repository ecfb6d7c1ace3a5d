"""An id for each request, so that a person can name what went wrong to them.

A person reads it on the error page; the log line of the same request carries it,
and nothing of what they typed.
"""

import secrets
import traceback
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter that is mistaken for a figure on the phone
log = structlog.get_logger("incident")


def new_incident_id() -> str:
    """Eight signs in two groups: ``K7QM-2XWD``."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


class IncidentMiddleware:
    """``request.incident_id`` is set from here on; an answer of 400 and above names it in a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.incident_id = new_incident_id()  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(incident=request.incident_id):  # type: ignore[attr-defined]
            response = self.get_response(request)
        if response.status_code >= 400:
            response["X-Incident-Id"] = request.incident_id  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Only what nobody turned into an answer arrives here, innermost middleware first."""
        log_unexpected(request, exception)


def log_unexpected(request: HttpRequest, exception: BaseException) -> None:
    """Where it broke, never with what: an exception's text may quote a person's data."""
    frames = traceback.extract_tb(exception.__traceback__)
    log.error(
        "unexpected",
        exception=type(exception).__qualname__,
        where=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
        method=request.method,
        view=getattr(getattr(request, "resolver_match", None), "view_name", None),
    )
