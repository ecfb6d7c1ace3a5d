"""Door 2: decide what the centre and this tenant have both changed, one by one, and take the result over."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.procedures.enums import Choice
from apps.procedures.errors import DecisionMeanwhile, DecisionUnlawful, TemplateNotOffered, refuse
from apps.procedures.merging import Conflict, Decision, refusals_of, resolve
from apps.procedures.models import AdoptedVersion, AdoptionDraft
from apps.procedures.permissions import require_controller
from apps.procedures.selectors import get_comparison
from apps.procedures.selectors.comparing import Comparison, read_decided
from apps.procedures.services.adopting import adopt
from apps.procedures.services.standing import lock_procedure, require_seen
from kernel.actors import Actor
from tenants.registry.context import get_current_tenant
from tenants.registry.enums import Ring


@transaction.atomic
def save_decision(
    *, code: str, version: UUID, key: str, decision: Decision, seen: int, by: Actor, now: datetime
) -> int:
    """Keeps one decision at once; the revision that it has now.

    ``seen`` is the revision that the person looked at (0: undecided): a decision that
    another one took meanwhile is not written over unseen. The same decision again
    changes nothing. Raises NothingToCompare, TemplateNotOffered (another version has
    come), DecisionUnlawful, DecisionMeanwhile, and what an edited value is refused for.
    """
    require_controller(by, code)
    draft = _draft(code, version, by, now)  # before comparing: who takes the version over holds it, too
    comparison = compare_with(code, version, now)
    conflict = next((one for one in comparison.merged.conflicts if one.key == key), None)
    if conflict is None:
        raise DecisionUnlawful(field=key)
    _require_lawful(conflict, comparison, decision)
    before = draft.decisions.get(key)
    if before is not None and before["revision"] != seen and _facts(before) != _row(decision):
        stood = read_decided(before)
        raise DecisionMeanwhile(field=key, name=stood.by, choice=stood.decision.choice.label)
    if before is not None and _facts(before) == _row(decision):
        return int(before["revision"])
    revision = before["revision"] + 1 if before else 1
    draft.decisions[key] = {**_row(decision), "at": now.isoformat(), "by": by.name, "revision": revision}
    draft.updated_at, draft.updated_by = now, by.name
    draft.save(update_fields=["decisions", "updated_at", "updated_by"])
    return revision


@transaction.atomic
def adopt_merged(
    *,
    code: str,
    version: UUID,
    by: Actor,
    now: datetime,
    in_force_from: date | None = None,
    seen: int | None = None,
) -> AdoptedVersion:
    """Takes the new national version over with one's own as it was merged and decided.

    ``seen``: the newest adoption here that was compared. Compared again under the lock: what somebody adopted
    meanwhile is neither undone nor merged unseen. Raises AdoptedMeanwhile, NothingToCompare,
    DecisionsMissing while something is undecided, and what ``adopt`` raises.
    """
    require_controller(by, code)
    lock_procedure(code)
    require_seen(code, seen)
    draft = _draft(code, version, by, now)
    comparison = compare_with(code, version, now)
    overrides = resolve(
        comparison.merged,
        comparison.new.content,
        {key: decided.decision for key, decided in comparison.decided.items()},
    )
    adopted = adopt(
        template_version_id=version, overrides=overrides, by=by, now=now, in_force_from=in_force_from
    )
    AdoptionDraft.objects.filter(id=draft.id).update(adopted_at=now)
    audit.record(
        by=by,
        action="MERGE",
        subject_type="procedure",
        subject_id=adopted.id,
        now=now,
        after={"code": code, "template": comparison.new.number, "decisions": draft.decisions},
    )
    return adopted


def compare_with(code: str, version: UUID, now: datetime) -> Comparison:
    """Raises NothingToCompare, TemplateNotOffered: another version has come than the one that was looked at."""
    comparison = get_comparison(code, on=timezone.localdate(now))
    if comparison.new.public_id != version:
        ring = Ring(get_current_tenant().ring).label
        raise TemplateNotOffered(procedure=code, number=comparison.new.number, ring=ring)
    return comparison


def _draft(code: str, version: UUID, by: Actor, now: datetime) -> AdoptionDraft:
    """Locked: of two people who choose at once the second waits here, and then sees the first."""
    AdoptionDraft.objects.bulk_create(
        [AdoptionDraft(procedure_code=code, template_version=version, updated_at=now, updated_by=by.name)],
        ignore_conflicts=True,
    )
    return AdoptionDraft.objects.select_for_update(of=("self",)).get(template_version=version)


def _require_lawful(conflict: Conflict, comparison: Comparison, decision: Decision) -> None:
    refusals = refusals_of(conflict, comparison.new.content, decision)
    for refusal in refusals:
        refusal.field = conflict.key
    refuse(refusals)


def _row(decision: Decision) -> dict[str, Any]:
    edited = decision.choice == Choice.EDIT
    return {
        "choice": decision.choice.value,
        "value": decision.value if edited else None,
        "ground": decision.ground.strip() if edited else "",
    }


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("choice", "value", "ground")}
