"""Who listens to which event: the whole wiring on one page.

Each subscriber has a stable key, is called with ``event_id``, ``payload`` and
``now``, and is safe to run twice with the same ``event_id``.
"""

from apps.accounts.events import StaffLeft
from apps.deadlines.events import DueDateMoved
from apps.dossiers.events import DossierMoved, DossierSubmitted
from kernel.outbox.services import Subscriber
from project import listeners

SUBSCRIBERS: dict[str, tuple[tuple[str, Subscriber], ...]] = {
    DueDateMoved.name: (("dossiers.due_date", listeners.take_over_due_date),),
    StaffLeft.name: (("workflow.hand_over", listeners.hand_over_work),),
    DossierSubmitted.name: (("notifications", listeners.tell_of_submission),),
    DossierMoved.name: (("notifications", listeners.tell_of_move),),
}
