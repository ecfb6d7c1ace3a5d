"""Door 2: procedures of this tenant's own: written, looked at by a second person, put in force."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.catalogue import selectors as catalogue
from apps.catalogue.content import find_problems
from apps.catalogue.editors import editor_key, has_edited
from apps.catalogue.process_check import check_process
from apps.procedures import errors
from apps.procedures.enums import LocalState, Origin
from apps.procedures.events import ProcedureAdopted
from apps.procedures.local_content import begin_content, fits
from apps.procedures.models import AdoptedVersion, LocalDraft
from apps.procedures.override_reading import has_ended
from apps.procedures.permissions import require_controller
from apps.procedures.selectors import get_local_rules, get_version_in_force
from apps.procedures.services.laying import lay_local
from apps.procedures.services.standing import list_standing, lock_procedure
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7
from kernel.outbox.services import publish
from kernel.vietnamese import clean
from tenants.registry.context import get_current_tenant


@transaction.atomic
def start_local(*, code: str, name: str, copy_of: str, by: Actor, now: datetime) -> LocalDraft:
    """A draft that begins as a copy of a procedure in force here; of itself, for its next version.

    Raises ControllerDutyMissing, ProcedureUnknown, LocalCodeUnfit, LocalCodeTaken.
    """
    require_controller(by, code)
    tenant = get_current_tenant()
    code, name = code.strip().upper(), clean(name)
    base = get_version_in_force(copy_of, timezone.localdate(now))
    if base is None:
        raise errors.ProcedureUnknown(field="copy_of", procedure=copy_of)
    rules = get_local_rules()
    # What is a procedure of this tenant's own already keeps its code, whatever the pattern is now.
    keeps = copy_of == code and not base.template_number
    if not keeps and not fits(code, pattern=rules.code_pattern, tenant_code=tenant.code):
        raise errors.LocalCodeUnfit(field="code", pattern=rules.said)
    lock_procedure(code)
    national = AdoptedVersion.objects.filter(procedure_code=code, origin=Origin.NATIONAL).exists()
    drafted = LocalDraft.objects.filter(procedure_code=code).exclude(state=LocalState.PUBLISHED).exists()
    if national or drafted or catalogue.get_template(code) is not None:
        raise errors.LocalCodeTaken(field="code", value=code)
    content = base.content
    if copy_of != code:
        content = begin_content(
            content, code=code, name=name, tenant_code=tenant.code, tenant_name=tenant.name
        )
    draft = LocalDraft.objects.create(
        public_id=uuid7(),
        procedure_code=code,
        name=content["name"],
        content=content,
        editors=[editor_key(by)],
        created_at=now,
        changed_at=now,
        changed_by=by.name,
    )
    _trace(draft, "LOCAL_BEGIN", by, now)
    return draft


@transaction.atomic
def save_local(*, draft_id: UUID, content: dict[str, Any], seen: int, by: Actor, now: datetime) -> LocalDraft:
    """Keeps what was typed, sound or not; what another one changed meanwhile is not written over.

    The code and who promulgates it stay. Raises LocalUnknown, LocalNotOpen, LocalChangedMeanwhile.
    """
    draft = _lock(draft_id, by, LocalState.DRAFT)
    if draft.revision != seen:
        raise errors.LocalChangedMeanwhile(name=draft.changed_by)
    fixed = {key: draft.content[key] for key in ("code", "promulgator")}
    return _change(draft, by, now, content={**content, **fixed, "slots": []}, name=clean(content["name"]))


@transaction.atomic
def submit_local(*, draft_id: UUID, by: Actor, now: datetime) -> LocalDraft:
    """To a second person. Raises LocalUnknown, LocalNotOpen, AdoptedContentUnsound."""
    draft = _lock(draft_id, by, LocalState.DRAFT)
    _require_sound(draft)
    changed = _change(draft, by, now, state=LocalState.IN_REVIEW, remarks="")
    _trace(changed, "LOCAL_SUBMIT", by, now)
    return changed


@transaction.atomic
def return_local(*, draft_id: UUID, remarks: str, by: Actor, now: datetime) -> LocalDraft:
    """Back to who wrote it, with what is to be changed; an author who takes it back need not say why.

    Raises LocalUnknown, LocalNotOpen, LocalRemarksNeeded.
    """
    draft = _lock(draft_id, by, LocalState.IN_REVIEW)
    if not remarks.strip() and not has_edited(draft.editors, by):
        raise errors.LocalRemarksNeeded(field="remarks")
    draft.state, draft.remarks, draft.revision = LocalState.DRAFT, remarks.strip()[:2000], draft.revision + 1
    draft.save(update_fields=["state", "remarks", "revision"])
    _trace(draft, "LOCAL_RETURN", by, now, note=draft.remarks)
    return draft


@transaction.atomic
def publish_local(
    *, draft_id: UUID, in_force_from: date, legal_basis: str, by: Actor, now: datetime
) -> AdoptedVersion:
    """Law here from that day on, beside the national procedures; the centre is told nothing. Units stay given.

    Raises LocalUnknown, LocalNotOpen, SecondPersonNeeded, LegalBasisNeeded, FirstDayInThePast, AdoptedContentUnsound.
    """
    draft = _lock(draft_id, by, LocalState.IN_REVIEW)
    errors.refuse(_publish_refusals(draft, in_force_from, legal_basis, by, now))
    _require_sound(draft)
    lock_procedure(draft.procedure_code)
    standing = list_standing(draft.procedure_code, in_force_from)
    version = lay_local(
        content=draft.content,
        overrides=[one for one in standing[0].overrides if not has_ended(one, in_force_from)]
        if standing
        else [],
        edition=draft.public_id,
        day=in_force_from,
        by=by,
        now=now,
    )[0]
    draft.state, draft.legal_basis = LocalState.PUBLISHED, legal_basis.strip()[:1000]
    draft.save(update_fields=["state", "legal_basis"])
    _trace(draft, "LOCAL_PUBLISH", by, now, note=draft.legal_basis, version=version.number)
    publish(event=ProcedureAdopted(version_id=version.id, procedure_code=version.procedure_code), now=now)
    return version


def _publish_refusals(
    draft: LocalDraft, day: date, legal_basis: str, by: Actor, now: datetime
) -> list[DomainError]:
    found: list[DomainError] = []
    if has_edited(draft.editors, by):
        found.append(errors.SecondPersonNeeded())
    if not legal_basis.strip():
        found.append(errors.LegalBasisNeeded(field="legal_basis"))
    if day < timezone.localdate(now):
        found.append(errors.FirstDayInThePast(field="in_force_from"))
    return found


def _require_sound(draft: LocalDraft) -> None:
    problems = find_problems(draft.content, check_process=check_process)
    if problems:
        listing = "; ".join(str(problem) for problem in problems)
        raise errors.AdoptedContentUnsound(procedure=draft.procedure_code, listing=listing)


def _lock(draft_id: UUID, by: Actor, state: LocalState) -> LocalDraft:
    draft = LocalDraft.objects.select_for_update(of=("self",)).filter(public_id=draft_id).first()
    if draft is None:
        raise errors.LocalUnknown
    require_controller(by, draft.procedure_code)
    if draft.state != state:
        raise errors.LocalNotOpen(state=LocalState(draft.state).label)
    return draft


def _change(draft: LocalDraft, by: Actor, now: datetime, **changes: Any) -> LocalDraft:
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.changed_at, draft.changed_by = now, by.name
    if editor_key(by) not in draft.editors:
        draft.editors = [*draft.editors, editor_key(by)]
    draft.save(update_fields=[*changes, "revision", "changed_at", "changed_by", "editors"])
    return draft


def _trace(draft: LocalDraft, action: str, by: Actor, now: datetime, *, note: str = "", **facts: Any) -> None:
    audit.record(
        by=by,
        action=action,
        subject_type="local_procedure",
        subject_id=draft.id,
        now=now,
        after={"code": draft.procedure_code, "revision": draft.revision, **facts},
        note=note,
    )
