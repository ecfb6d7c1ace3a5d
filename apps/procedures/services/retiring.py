"""Door 2: a procedure is no longer received here."""

from datetime import date, datetime

from django.db import transaction

from apps.audit import services as audit
from apps.procedures.enums import AdoptedState
from apps.procedures.errors import OverrideWithoutGround, ProcedureUnknown
from apps.procedures.events import ProcedureRetired
from apps.procedures.models import AdoptedVersion
from apps.procedures.permissions import require_controller
from apps.procedures.services.standing import list_standing, lock_procedure
from kernel.actors import Actor
from kernel.outbox.services import publish


@transaction.atomic
def retire_procedure(*, code: str, on: date, ground: str, by: Actor, now: datetime) -> int:
    """From ``on`` no new dossier; those under way are finished under their version.

    A version that was to begin later never begins. Returns how many versions
    ended. Raises ProcedureUnknown, OverrideWithoutGround, ControllerDutyMissing.
    """
    require_controller(by, code)
    if not ground.strip():
        raise OverrideWithoutGround(field="ground")
    lock_procedure(code)  # what is being adopted at this moment ends with the rest
    standing = list_standing(code, on)
    if not standing:
        raise ProcedureUnknown(procedure=code)
    for version in standing:
        last = max(on, version.in_force_from)
        AdoptedVersion.objects.filter(id=version.id).update(in_force_to=last, state=AdoptedState.RETIRED)
        audit.record(
            by=by,
            action="RETIRE",
            subject_type="procedure",
            subject_id=version.id,
            now=now,
            before={"in_force_to": version.in_force_to.isoformat() if version.in_force_to else None},
            after={"in_force_to": last.isoformat()},
            note=ground,
        )
    publish(event=ProcedureRetired(procedure_code=code), now=now)
    return len(standing)
