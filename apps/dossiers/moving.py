"""One move along the life of a dossier: locked, checked, written, traced, told."""

from datetime import datetime
from typing import Any

from apps.audit import services as audit
from apps.dossiers.enums import Action, Status
from apps.dossiers.errors import DossierAbsent, MoveNotOpen
from apps.dossiers.events import DossierMoved
from apps.dossiers.lifecycle import FINAL, destination
from apps.dossiers.models import Dossier
from apps.organisations.enums import UnitKind
from kernel.actors import Actor
from kernel.outbox.services import publish


def lock(dossier_id: int) -> Dossier:
    """The row, locked until the transaction ends: of two who press at once the second waits, and sees the change."""
    found = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("receiving_unit", "competent_unit", "supporting_unit")
        .filter(id=dossier_id)
    )
    dossier = next(iter(found), None)  # the key is unique: first() would add an ORDER BY and a LIMIT
    if dossier is None:
        raise DossierAbsent
    return dossier


def check(dossier: Dossier, action: Action, back_to: int | None = None) -> Status:
    """Where the move leads; raises MoveNotOpen."""
    target = destination(Status(dossier.status), action, Status(back_to) if back_to else None)
    if target is None:
        raise MoveNotOpen(dossier=dossier.code, status=Status(dossier.status).label, action=action.label)
    return target


def move(
    dossier: Dossier,
    action: Action,
    *,
    by: Actor,
    now: datetime,
    back_to: int | None = None,
    note: str = "",
    trace: dict[str, Any] | None = None,
    **changed: Any,
) -> Dossier:
    """Carry a locked dossier to where ``action`` leads; ``changed`` are further columns of the row."""
    target = check(dossier, action, back_to)
    old_status = int(dossier.status)
    before = {"status": old_status, "due_at": dossier.due_at and dossier.due_at.isoformat()}
    dossier.came_from, dossier.status, dossier.status_at = dossier.status, target, now
    if target in FINAL:
        changed.setdefault("ended_at", now)
    for column, value in changed.items():
        setattr(dossier, column, value)
    dossier.save(update_fields=["came_from", "status", "status_at", *changed])
    audit.record(
        by=by,
        action=action,
        subject_type="dossier",
        subject_id=dossier.id,
        now=now,
        before=before,
        after={
            "status": int(target),
            "due_at": dossier.due_at and dossier.due_at.isoformat(),
            **(trace or {}),
        },
        note=note,
    )
    if dossier.receiving_unit.kind != UnitKind.PROBE:  # a probe is no news to anybody
        publish(
            event=DossierMoved(
                dossier_id=dossier.id,
                code=dossier.code,
                action=action,
                old_status=old_status,
                new_status=int(target),
                at=now.isoformat(),
            ),
            now=now,
        )
    return dossier
