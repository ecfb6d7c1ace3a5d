"""The due date that lists and reports show is the clock's."""

from datetime import datetime

from apps.dossiers.lifecycle import WITH_APPLICANT, WITH_OFFICIALS
from apps.dossiers.models import Dossier
from kernel.commands import command

_RUNNING = WITH_OFFICIALS | WITH_APPLICANT


@command
def take_over_due_date(*, dossier_id: int, due_at: datetime) -> bool:
    """After the calendar has changed. Safe to repeat; False where the dossier is no longer running.

    The clock keeps the trail of why; a dossier that has ended keeps the date
    by which it was judged.
    """
    changed = Dossier.objects.filter(id=dossier_id, status__in=sorted(_RUNNING)).update(due_at=due_at)
    return bool(changed)
