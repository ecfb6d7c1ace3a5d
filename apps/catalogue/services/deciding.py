"""Door 2: a steward's word about what an import proposes. Only now does it take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from apps.catalogue.enums import ChangeKind, ChangeState
from apps.catalogue.errors import (
    ChangeBlocked,
    ChangeDecided,
    ChangeStale,
    ChangeUnknown,
    NothingToDecide,
    ReasonNeeded,
    RuleUnclear,
    RunUnknown,
)
from apps.catalogue.models import ImportRun, SourceChange
from apps.catalogue.selectors.imports import Rule, fitting
from apps.catalogue.services.registers import get_register, lock_scope
from kernel.actors import Actor

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Decided:
    """``stale`` and ``blocked`` are codes whose changes still wait; they were left as they are."""

    done: int
    stale: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


@transaction.atomic
def accept_change(*, change_id: int, by: Actor, now: datetime) -> SourceChange:
    """Raises ChangeUnknown, ChangeDecided, ChangeStale, ChangeBlocked; then nothing has changed."""
    change = _lock_one(change_id)
    register = get_register(change.scope)
    if _is_stale([change]):
        raise ChangeStale(code=change.code)
    why = register.find_blocked([change]).get(change.code)
    if why:
        raise ChangeBlocked(code=change.code, why=why)
    register.write([change], by=by, now=now)
    _mark([change], ChangeState.ACCEPTED, by, now, "")
    change.refresh_from_db()
    return change


@transaction.atomic
def reject_change(*, change_id: int, reason: str, by: Actor, now: datetime) -> SourceChange:
    """The register stays, and the same change is not proposed again.

    Raises ReasonNeeded, ChangeUnknown, ChangeDecided.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    change = _lock_one(change_id)
    _mark([change], ChangeState.REJECTED, by, now, reason.strip())
    change.refresh_from_db()
    return change


@transaction.atomic
def accept_changes(*, run_id: int, rule: Rule, by: Actor, now: datetime, reason: str = "") -> Decided:
    """All that waits in the run and fits the rule, but for what is stale or blocked, which is told.

    Raises RuleUnclear for an empty rule, NothingToDecide.
    """
    return _accept(_find(run_id, rule), by=by, now=now, reason=reason)


@transaction.atomic
def reject_changes(*, run_id: int, rule: Rule, reason: str, by: Actor, now: datetime) -> Decided:
    """Raises ReasonNeeded, RuleUnclear, NothingToDecide."""
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    changes = list(_find(run_id, rule))
    if not changes:
        raise NothingToDecide
    _mark(changes, ChangeState.REJECTED, by, now, reason.strip())
    return Decided(done=len(changes))


def accept_whole_run(run: ImportRun, *, by: Actor, now: datetime, reason: str) -> Decided:
    """For the first import into an empty register; the caller holds the transaction."""
    return _accept(_waiting(run), by=by, now=now, reason=reason)


def _accept(changes: QuerySet[SourceChange], *, by: Actor, now: datetime, reason: str) -> Decided:
    done, stale, blocked = 0, [], []
    last = 0
    while batch := list(changes.filter(id__gt=last).order_by("id")[:_BATCH]):
        last = batch[-1].id
        register = get_register(batch[0].scope)
        old = _is_stale(batch)
        held = register.find_blocked(batch)
        taken = [one for one in batch if one.code not in old and one.code not in held]
        register.write(taken, by=by, now=now)
        _mark(taken, ChangeState.ACCEPTED, by, now, reason)
        done += len(taken)
        stale += sorted(old)
        blocked += sorted(code for code in held if code not in old)
    if not last:
        raise NothingToDecide
    return Decided(done=done, stale=tuple(stale), blocked=tuple(blocked))


def _find(run_id: int, rule: Rule) -> QuerySet[SourceChange]:
    run = ImportRun.objects.filter(id=run_id).first()
    if run is None:
        raise RunUnknown
    if rule == Rule() or rule.kind not in ("", *ChangeKind.values):
        raise RuleUnclear
    return fitting(_waiting(run), rule)


def _waiting(run: ImportRun) -> QuerySet[SourceChange]:
    lock_scope(run.scope)
    return SourceChange.objects.filter(run=run, state=ChangeState.PROPOSED).select_for_update(of=("self",))


def _lock_one(change_id: int) -> SourceChange:
    scope = SourceChange.objects.filter(id=change_id).values_list("scope", flat=True).first()
    if scope is None:
        raise ChangeUnknown
    lock_scope(scope)
    change = SourceChange.objects.select_for_update(of=("self",)).get(id=change_id)
    if change.state != ChangeState.PROPOSED:
        raise ChangeDecided(code=change.code, state=change.get_state_display())
    return change


def _is_stale(changes: Sequence[SourceChange]) -> set[str]:
    """Codes whose row has moved since the change was proposed."""
    standing = get_register(changes[0].scope).standing([one.code for one in changes])
    stood = {code: row.fingerprint for code, row in standing.items()}
    return {one.code for one in changes if one.stood != stood.get(one.code, "")}


def _mark(changes: Sequence[SourceChange], state: ChangeState, by: Actor, now: datetime, reason: str) -> None:
    SourceChange.objects.filter(id__in=[one.id for one in changes]).update(
        state=state, decided_at=now, decided_by=by.name, reason=reason
    )
