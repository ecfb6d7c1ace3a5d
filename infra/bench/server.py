"""What the figures were measured on."""

import os
from typing import Any

from django.db import connection

from apps.dossiers.models import Dossier
from infra.bench.settings import BIG, TENANTS
from tenants.registry.context import tenant_context
from tenants.registry.selectors import get_tenant

_SHOWN = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")


def describe_server() -> dict[str, Any]:
    """Raises RuntimeError where the server would lose an answered request in a crash."""
    said = describe_postgresql()
    rows = {}
    for code, *_ in TENANTS:
        with tenant_context(get_tenant(code)):
            rows[code] = Dossier.objects.count()
    return {"postgresql": said, "cores": os.cpu_count(), "dossiers": rows, "big": BIG}


def describe_postgresql() -> dict[str, str]:
    """Raises RuntimeError where the server would lose an answered request in a crash."""
    with connection.cursor() as cursor:
        said = {}
        for name in _SHOWN:
            cursor.execute(f"SHOW {name}")
            said[name] = cursor.fetchone()[0]
    if (said["fsync"], said["synchronous_commit"], said["full_page_writes"]) != ("on", "on", "on"):
        raise RuntimeError(f"the bench's server is not durable: {said}")
    return said
