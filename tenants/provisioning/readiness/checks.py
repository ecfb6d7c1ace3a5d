"""Where the roof hangs in the ready list: what to look at is known above, how a line is kept is known here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from tenants.registry.models import Tenant


@dataclass(frozen=True, slots=True)
class Finding:
    """``said``: what was found; ``todo``: what to do about it, empty when nothing is. Both are sentences."""

    ok: bool
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """``look`` is called in the tenant's context."""

    key: str
    title: str | Promise
    look: Callable[[Tenant, datetime], Finding]


_load: Callable[[], tuple[Check, ...]] = tuple
_checks: tuple[Check, ...] | None = None


def set_checks(load: Callable[[], tuple[Check, ...]]) -> None:
    """Wired once by the roof, in the order in which they are read; asked for when first needed."""
    global _load, _checks
    _load, _checks = load, None


def get_checks() -> tuple[Check, ...]:
    global _checks
    if _checks is None:
        _checks = _load()
    return _checks
