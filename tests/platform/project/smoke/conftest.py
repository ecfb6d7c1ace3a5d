"""A tenant with people and procedures, committed, and a real web server on this machine that serves it."""

import threading
from collections.abc import Iterator
from datetime import datetime
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from tenants.registry.models import Tenant
from tests.furniture import furnish_tenant
from tests.lived_in import furnished_centre


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """The tests read answers, not lines."""


@pytest.fixture
def moment() -> datetime:
    """The server has the machine's clock, and so has the check."""
    return timezone.now()


@pytest.fixture
def house(throwaway_tenant, moment) -> Iterator[Tenant]:
    with furnished_centre(moment):
        furnish_tenant(throwaway_tenant, moment)
        yield throwaway_tenant


@pytest.fixture
def server(settings, django_db_setup) -> Iterator[str]:
    """Requests go over a socket to the whole application, in a thread with connections of its own."""
    running = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    settings.SMOKE_ADDRESS = f"http://127.0.0.1:{running.server_port}"
    yield settings.SMOKE_ADDRESS
    running.shutdown()
    thread.join()
    running.server_close()
