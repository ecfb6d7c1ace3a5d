"""What a merge means, handed down by the roof; of no weight, because every process imports it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenants.provisioning.merging.plan import Declaration

_get: "Callable[[], Declaration] | None" = None


def set_merge_declaration(get: "Callable[[], Declaration]") -> None:
    """Wired once: which tables there are and what refers to what."""
    global _get
    _get = get


def get_merge_declaration() -> "Declaration":
    if _get is None:
        raise RuntimeError("the roof has not said what a merge means")
    return _get()
