"""What an event is."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that has happened. A subclass is frozen, carries ids and plain values, never objects.

    ``name`` is stable for ever: it stands in rows that wait to be delivered.
    """

    name: ClassVar[str]

    def payload(self) -> dict[str, Any]:
        """JSON-ready values: strings, numbers, booleans, lists, dicts, None."""
        return asdict(self)
