"""Requests without a network: the handler that a web server calls, timed from the first byte to the last.

The request is made ready before the clock starts. The connection goes back to
the pool after each request, on both sides, as it does under gunicorn: so each
request pays for taking one, and for one statement that sets search_path and role.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.test import Client, override_settings

from infra.bench.settings import HOST
from tenants.registry.models import Tenant


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what the test client makes of it, before it is sent."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] | None = None
    client: Client | None = None


class Door:
    """The house as a server opens it, with all its middleware."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def prepare(self) -> None:
        """What is not the request's own, before the clock starts."""

    def ask(self, asked: Asked) -> Answer:
        environ = _environ(asked)
        self.prepare()
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            said.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))

        cpu, wall = time.process_time(), time.perf_counter()
        response = self._handler(environ, start_response)
        body = b"".join(response)
        response.close()
        wall_ms = (time.perf_counter() - wall) * 1000
        return Answer(said["status"], body, said["headers"], wall_ms, (time.process_time() - cpu) * 1000)


class CeilingDoor(Door):
    """The bare views: no middleware, their own addresses, the tenant bound beforehand."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        with override_settings(MIDDLEWARE=[]):
            super().__init__()
        self._handler.request_class = _CeilingRequest

    def prepare(self) -> None:
        connection.set_tenant(self._tenant, include_public=False)


class _CeilingRequest(WSGIRequest):
    urlconf = "infra.bench.ceiling"


def _environ(asked: Asked) -> dict[str, Any]:
    client = asked.client or Client()
    address, _, query = asked.path.partition("?")
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (asked.headers or {}).items()
    }
    return client._base_environ(
        PATH_INFO=address,
        QUERY_STRING=query,
        REQUEST_METHOD=asked.method,
        CONTENT_TYPE=asked.content_type,
        CONTENT_LENGTH=str(len(asked.body)),
        HTTP_HOST=HOST,
        **headers,
        **{"wsgi.input": BytesIO(asked.body)},
    )


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement that Django sends on this connection, search_path and savepoints among them.

    BEGIN and COMMIT are the driver's and not in it; they are the same on both sides.
    """
    seen: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql if isinstance(sql, str) else str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
