"""News of the deadlines room."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateMoved(Event):
    """The calendar changed and with it a due date. Moments are ISO 8601 in UTC.

    Only told when nobody above asked for the change: who pauses, resumes or
    extends gets the new due date as the answer.
    """

    name: ClassVar[str] = "deadlines.due_date_moved"

    subject_id: int
    old_due_at: str
    new_due_at: str
