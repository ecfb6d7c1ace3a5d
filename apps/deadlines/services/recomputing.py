"""The calendar has changed: the due dates that still run follow it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.deadlines.calendar_facts import load_facts
from apps.deadlines.enums import VersionCause
from apps.deadlines.events import DueDateMoved
from apps.deadlines.explanation import moment
from apps.deadlines.models import Clock, ClockVersion
from apps.deadlines.open_clocks import BATCH, Calendars, DueDateMove, reckon_batch
from apps.deadlines.services.clocks import keep_version, take_over
from kernel.actors import Actor
from kernel.outbox.services import publish

TAKEN_OVER = ["due_at", "explanation", "calendar_known_at", "unit_chain", "version"]


@dataclass(slots=True)
class RecomputeOutcome:
    """``stuck``: subjects whose unit has no working time left; their due date stands until that is mended."""

    moved: list[DueDateMove] = field(default_factory=list)
    unchanged: int = 0
    stuck: list[int] = field(default_factory=list)


def recompute_after_calendar_change(*, by: Actor, now: datetime) -> RecomputeOutcome:
    """Every running clock that was reckoned with another state of the calendar, in batches of 500.

    Each batch is a transaction: an interrupted run is simply run again and
    takes what is left. A moved due date is kept as a version, traced on its
    subject and told with DueDateMoved.
    """
    outcome, calendars, last = RecomputeOutcome(), Calendars.of(load_facts()), 0
    while True:
        done = _recompute_batch(calendars, last, outcome, by, now)
        if done is None:
            return outcome
        last = done


@transaction.atomic
def _recompute_batch(
    calendars: Calendars, last: int, outcome: RecomputeOutcome, by: Actor, now: datetime
) -> int | None:
    """The key of the last clock that was looked at, or None when none was left."""
    running = Clock.objects.filter(stopped_at__isnull=True, id__gt=last)
    if calendars.facts.known_at is not None:
        running = running.exclude(calendar_known_at=calendars.facts.known_at)
    batch = list(running.select_for_update(of=("self",)).order_by("id")[:BATCH])
    if not batch:
        return None
    versions: list[ClockVersion] = []
    moved: list[Clock] = []
    unchanged: list[int] = []
    for clock, due in reckon_batch(batch, calendars):
        if due is None:
            outcome.stuck.append(clock.subject_id)
        elif due.due_at == clock.due_at and due.explanation == clock.explanation:
            unchanged.append(clock.id)
        else:
            versions.append(keep_version(clock, cause=VersionCause.CALENDAR, by=by, now=now))
            old_due_at = clock.due_at
            take_over(clock, due, calendars.built[clock.unit_id])
            moved.append(clock)
            if old_due_at != clock.due_at:
                _tell(clock, old_due_at, by, now)
                outcome.moved.append(DueDateMove(clock.subject_id, old_due_at, clock.due_at))
    ClockVersion.objects.bulk_create(versions)
    Clock.objects.bulk_update(moved, TAKEN_OVER)
    Clock.objects.filter(id__in=unchanged).update(calendar_known_at=calendars.facts.known_at)
    outcome.unchanged += len(unchanged)
    return batch[-1].id


def _tell(clock: Clock, old_due_at: datetime, by: Actor, now: datetime) -> None:
    old, new = moment(old_due_at), moment(clock.due_at)
    record(
        by=by,
        action="dossier.due_date_moved",
        subject_type="dossier",
        subject_id=clock.subject_id,
        now=now,
        before={"due_at": old},
        after={"due_at": new},
    )
    publish(event=DueDateMoved(subject_id=clock.subject_id, old_due_at=old, new_due_at=new), now=now)
