"""More time, with an apology (form 04): once, and with a ground."""

from datetime import datetime

from apps.accounts.enums import Duty
from apps.audit import services as audit
from apps.deadlines import services as deadlines
from apps.dossiers import errors
from apps.dossiers.enums import Status
from apps.dossiers.lifecycle import WITH_OFFICIALS
from apps.dossiers.models import Dossier
from apps.dossiers.moving import lock
from kernel.actors import Actor
from kernel.commands import command


@command
def extend(
    *, dossier_id: int, until: datetime, reason: str, ground: str, by: Actor, now: datetime
) -> Dossier:
    """A later due date, by a chief of the competent unit. The status stays what it is."""
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    if not ground.strip():
        raise errors.GroundMissing(field="ground")
    dossier = lock(dossier_id)
    if dossier.status not in WITH_OFFICIALS:
        raise errors.StepsPaused(dossier=dossier.code, status=Status(dossier.status).label)
    if not by.may(Duty.SIGNATORY, unit_path=dossier.competent_unit.path, procedure=dossier.procedure_code):
        raise errors.DutyMissing(action=Duty.SIGNATORY.label)
    before = dossier.due_at
    due = deadlines.extend_clock(subject_id=dossier.id, until=until, ground=ground, by=by, now=now)
    dossier.due_at = due.due_at
    dossier.save(update_fields=["due_at"])
    audit.record(
        by=by,
        action="EXTEND",
        subject_type="dossier",
        subject_id=dossier.id,
        now=now,
        before={"due_at": before and before.isoformat()},
        after={"due_at": due.due_at.isoformat(), "ground": ground},
        note=reason,
    )
    return dossier
