"""What one request has looked up already: asked once, forgotten with the request.

For what stands in the shared cache and is asked for again and again while one
page is made. Outside a request nothing is remembered, and every look is fresh.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tenants.registry.postgresql.typed import connection

_remembered: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """For the time of one request; opened by the middleware, never around a longer piece of work."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def recall(key: str) -> Any | None:
    """What this request has found under ``key`` in the tenant that is bound now, or None."""
    kept = _remembered.get()
    return None if kept is None else kept.get((connection.schema_name, key))


def remember(key: str, value: Any) -> None:
    kept = _remembered.get()
    if kept is not None:
        kept[connection.schema_name, key] = value


def forget(prefix: str) -> None:
    """After a change of what stands under keys that begin so."""
    kept = _remembered.get() or {}
    for place in [place for place in kept if place[1].startswith(prefix)]:
        del kept[place]
