"""Where work in every tenant is plugged in: the catalogue asks for it, rooms above it know how.

The roof hands down who carries it out. Nothing here reads a tenant.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TenantWork:
    """Each takes the key of a row of the centre.

    ``wake_effect`` lets each tenant answer in the background, ``measure_effect`` now and here, one after
    the other; ``wake_offer`` starts the notes about an opened version.
    """

    wake_effect: Callable[[int], None]
    measure_effect: Callable[[int], None]
    wake_offer: Callable[[int], None]


_work: TenantWork | None = None


def set_tenant_work(work: TenantWork | None) -> None:
    """Wired once by the roof."""
    global _work
    _work = work


def get_tenant_work() -> TenantWork:
    if _work is None:
        raise RuntimeError("nobody is wired to work in the tenants")
    return _work
