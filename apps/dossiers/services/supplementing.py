"""Asking for what is missing, once and in full, and taking it in."""

from datetime import datetime

from apps.accounts.enums import Duty
from apps.deadlines import services as deadlines
from apps.documents import services as documents
from apps.dossiers import errors
from apps.dossiers.acceptance import reckon_acceptance_due
from apps.dossiers.components import attach_files
from apps.dossiers.enums import Action, Status, SupplementStage
from apps.dossiers.intake import ComponentIn
from apps.dossiers.models import Component, Dossier, Supplement
from apps.dossiers.moving import check, lock, move
from apps.dossiers.papers import supplement_data
from apps.dossiers.permissions import require
from apps.procedures import selectors as procedures
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.commands import command


@command
def request_supplement(
    *, dossier_id: int, items: list[str], reason: str, ground: str, by: Actor, now: datetime
) -> Dossier:
    """Form 02: what is missing, why, and on what legal ground; the clock pauses.

    The procedure says how many times this may be done while processing (once,
    unless sector law says otherwise); more needs a chief, whose name is kept.
    Raises SupplementItemsMissing, ReasonMissing, GroundMissing, SupplementLimitReached.
    """
    items = [item.strip() for item in items if item.strip()]
    if not items:
        raise errors.SupplementItemsMissing(field="items")
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    if not ground.strip():
        raise errors.GroundMissing(field="ground")
    dossier = lock(dossier_id)
    check(dossier, Action.REQUEST_SUPPLEMENT)
    processing = dossier.status == Status.PROCESSING
    approver = _approver(dossier, by) if processing else ""
    Supplement.objects.create(
        dossier=dossier,
        stage=SupplementStage.PROCESSING if processing else SupplementStage.INTAKE,
        items=items,
        reason=reason,
        ground=ground,
        requested_at=now,
        requested_by_name=by.name,
        approved_by_name=approver,
    )
    if processing:
        deadlines.pause_clock(subject_id=dossier.id, reason="SUPPLEMENT", ground=ground, by=by, now=now)
    move(
        dossier,
        Action.REQUEST_SUPPLEMENT,
        by=by,
        now=now,
        note=reason,
        trace={"items": len(items)},
        supplement_from=dossier.status,
        supplement_count=dossier.supplement_count + (1 if processing else 0),
    )
    documents.issue(
        form="02",
        subject_id=dossier.id,
        unit_id=dossier.receiving_unit_id,
        data=supplement_data(dossier, items, reason, ground, by),
        by=by,
        now=now,
    )
    return dossier


def _approver(dossier: Dossier, by: Actor) -> str:
    """The chief's name where the request goes past the limit; the empty string within it."""
    limit = procedures.get_version(dossier.procedure_id).content.get("supplement_limit", 1)
    if dossier.supplement_count < limit:
        require(by, Action.REQUEST_SUPPLEMENT, dossier)
        return ""
    for duty in (Duty.DIVISION_HEAD, Duty.SIGNATORY):
        if by.may(duty, unit_path=dossier.competent_unit.path, procedure=dossier.procedure_code):
            return by.name
    raise errors.SupplementLimitReached(count=dossier.supplement_count)


@command
def receive_supplement(
    *,
    dossier_id: int,
    components: tuple[ComponentIn, ...] = (),
    note: str = "",
    by: Actor,
    now: datetime,
) -> Dossier:
    """What was asked for has come: back to where the dossier was; the paused time is given back."""
    dossier = lock(dossier_id)
    check(dossier, Action.RECEIVE_SUPPLEMENT, dossier.supplement_from)
    require(by, Action.RECEIVE_SUPPLEMENT, dossier)
    _add_papers(dossier, components, by, now)
    Supplement.objects.filter(dossier=dossier, received_at__isnull=True).update(
        received_at=now, received_by_name=by.name
    )
    if dossier.supplement_from == Status.PROCESSING:
        due_at = deadlines.resume_clock(subject_id=dossier.id, by=by, now=now).due_at
        workflow.shift_dues(subject_id=dossier.id, paused_at=dossier.status_at, now=now)
    else:
        due_at = reckon_acceptance_due(unit_id=dossier.receiving_unit_id, now=now)
    return move(
        dossier,
        Action.RECEIVE_SUPPLEMENT,
        by=by,
        now=now,
        back_to=dossier.supplement_from,
        note=note,
        trace={"components": [component.key for component in components]},
        supplement_from=None,
        due_at=due_at,
    )


def _add_papers(dossier: Dossier, components: tuple[ComponentIn, ...], by: Actor, now: datetime) -> None:
    """More of a paper that is there, or one that was not: nothing that was handed in is overwritten."""
    content = procedures.get_version(dossier.procedure_id).content
    known = {component["key"]: component for component in content["components"]}
    rows = {row.key: row for row in Component.objects.filter(dossier=dossier)}
    for paper in components:
        if paper.key not in known:
            raise errors.ComponentUnknown(field=f"components.{paper.key}", value=paper.key)
        row = rows.get(paper.key)
        if row is None:
            row = rows[paper.key] = Component(
                dossier=dossier,
                key=paper.key,
                code=known[paper.key].get("code", ""),
                name=known[paper.key]["name"],
                required=known[paper.key]["required"],
                added_at=now,
            )
        row.originals += paper.originals
        row.copies += paper.copies
        row.save()
    attach_files(rows, components, by, now)
