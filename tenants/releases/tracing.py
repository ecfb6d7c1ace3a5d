"""The trail of the tenant itself: what its own people do to its upgrades stands there as well as at the centre.

The trail is kept by a room above, which hangs in here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kernel.actors import Actor

Trace = Callable[[Actor, str, dict[str, Any], datetime], None]  # by, action, facts, now


def _none(by: Actor, action: str, facts: dict[str, Any], now: datetime) -> None:
    raise RuntimeError("no trail of the tenants is hung in: see project/apps.py")


_trace: Trace = _none


def set_tenant_trace(trace: Trace) -> None:
    global _trace
    _trace = trace


def trace_in_tenant(*, by: Actor, action: str, facts: dict[str, Any], now: datetime) -> None:
    """In the transaction of the act, with the tenant bound."""
    _trace(by, action, facts, now)
