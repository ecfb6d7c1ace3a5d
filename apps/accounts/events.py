"""News about people."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLeft(Event):
    """Somebody stopped working here; ``hand_over_to`` takes their open work, None leaves it to their unit."""

    name: ClassVar[str] = "accounts.staff_left"

    user_id: int
    hand_over_to: int | None
    at: str  # ISO 8601
    by_id: int | None
    by_name: str
