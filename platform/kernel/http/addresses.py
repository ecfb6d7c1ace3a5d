"""Where a request comes from, for counting attempts."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest | None) -> str:
    """The caller's address; behind ``PROXIES_IN_FRONT`` proxies of ours, what the outermost of them saw.

    What stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    if request is None:
        return ""
    proxies = getattr(settings, "PROXIES_IN_FRONT", 0)
    if proxies:
        seen = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        if len(seen) >= proxies:
            return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
