"""From status 1: accepted with a receipt and a due date, or refused with a reason."""

from datetime import datetime

from apps.deadlines import services as deadlines
from apps.documents import services as documents
from apps.dossiers.charging import decide_group
from apps.dossiers.checking import find_case
from apps.dossiers.enums import Action
from apps.dossiers.errors import ReasonMissing
from apps.dossiers.models import Dossier
from apps.dossiers.moving import check, lock, move
from apps.dossiers.papers import receipt_data, refusal_data
from apps.dossiers.permissions import require
from apps.fees import selectors as fees
from apps.procedures import selectors as procedures
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.commands import command


@command
def accept(*, dossier_id: int, by: Actor, now: datetime, exempt_group: str | None = None) -> Dossier:
    """Accept a full and valid dossier: the clock starts, the process starts, the receipt (form 01) is issued.

    ``exempt_group``: the group that the clerk finds the applicant in, "" for none; left out
    where nobody was asked, which an open claim refuses. Source: NĐ 118/2025/NĐ-CP; form 01 of
    TT 03/2025/TT-VPCP. Raises MoveNotOpen, DutyMissing, and what decide_group raises.
    """
    dossier = lock(dossier_id)
    check(dossier, Action.ACCEPT)
    require(by, Action.ACCEPT, dossier)
    version = procedures.get_version(dossier.procedure_id)
    owed = fees.get_fees(subject_id=dossier.id)
    spared = decide_group(dossier, version, owed, exempt_group, by=by, now=now)
    if spared:
        owed = fees.get_fees(subject_id=dossier.id)
    case = find_case(version.content, dossier.case_code)
    assert case is not None  # noqa: S101 - the version is immutable, so the case it was born under is there
    due = deadlines.start_clock(
        subject_id=dossier.id,
        rule=case["limit"],
        unit_id=dossier.competent_unit_id,
        started_at=now,
        by=by,
        now=now,
    )
    units = procedures.resolve_units(version_id=version.id, receiving_unit=dossier.receiving_unit)
    workflow.start_run(
        subject_id=dossier.id,
        process_id=version.process_id,
        units=units,
        facts={"case": dossier.case_code, "channel": dossier.channel},
        procedure_code=dossier.procedure_code,
        by=by,
        now=now,
    )
    move(dossier, Action.ACCEPT, by=by, now=now, trace=spared, accepted_at=now, due_at=due.due_at)
    documents.issue(
        form="01",
        subject_id=dossier.id,
        unit_id=dossier.receiving_unit_id,
        data=receipt_data(dossier, version, case, due, owed, by),
        by=by,
        now=now,
    )
    return dossier


@command
def refuse_intake(*, dossier_id: int, reason: str, by: Actor, now: datetime) -> Dossier:
    """Refuse with form 03. Never silently: raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    dossier = lock(dossier_id)
    check(dossier, Action.REFUSE_INTAKE)
    require(by, Action.REFUSE_INTAKE, dossier)
    move(dossier, Action.REFUSE_INTAKE, by=by, now=now, note=reason, end_reason=reason, due_at=None)
    documents.issue(
        form="03",
        subject_id=dossier.id,
        unit_id=dossier.receiving_unit_id,
        data=refusal_data(dossier, reason, by),
        by=by,
        now=now,
    )
    return dossier
