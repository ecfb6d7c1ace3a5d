"""A merge from the first look to the last count. Every part can be cut off and is taken up again where it stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kernel.actors import Actor
from kernel.errors import DomainError, Refusals
from kernel.ids import uuid7
from tenants.provisioning.merging import errors, ledger
from tenants.provisioning.merging.carrying import carry_table
from tenants.provisioning.merging.holding import (
    allow_writing,
    both_held,
    stop_writing,
    wait_for_writers,
)
from tenants.provisioning.merging.plan import Declaration, Pair
from tenants.provisioning.merging.reconciling import (
    Report,
    as_json,
    check_files,
    check_rows,
    count_tables,
    list_renamed,
)
from tenants.provisioning.merging.succession import only_read, open_again
from tenants.provisioning.merging.world import World
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import LongJob
from tenants.provisioning.services.life import succeed_tenant
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.acts import record_act
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant

BATCH = 200  # dossiers, with everything that belongs to them, in one transaction
Say = Callable[[str], None]


def preview_merge(*, source: str, into: str, ground: str, declaration: Declaration, now: datetime) -> Report:
    """What would move, stay behind and clash. Runs the true sorting in a transaction that is taken back."""
    going, staying = pair_to_merge(source=source, into=into, ground=ground)
    with as_owner("public"), transaction.atomic():
        job = find_begun(going, staying)
        world = World(_pair(going, staying, _day(job, now)))
        ledger.open_ledger(world, declaration)
        ledger.sort_rows(world, declaration)
        obstacles = [*declaration.prepare(world), *ledger.find_obstacles(world, declaration)]
        report = _report(world, declaration, ground)
        report.obstacles = [str(obstacle) for obstacle in obstacles]
        transaction.set_rollback(True)
    return report


def merge_tenants(
    *,
    source: str,
    into: str,
    ground: str,
    declaration: Declaration,
    by: Actor,
    now: datetime,
    batch: int = BATCH,
    say: Say = lambda line: None,
    job_id: int | None = None,
) -> Report:
    """Everything of ``source`` goes into ``into``; run again after whatever stopped it, it goes on from there.

    ``job_id``: the row in which it was asked for; without one, a row is made.
    Raises the refusals of ``errors``: those of the beginning change nothing,
    MergeStopped, CopyDiffers and FileMissing take back the batch in which they
    happen and leave what came before, DoesNotBalance leaves the end undone.
    """
    going, staying = pair_to_merge(source=source, into=into, ground=ground)
    with both_held(going, staying), as_owner("public"):
        job = _begin(going, staying, ground, declaration, by, now, job_id)
        with _failure_is_kept(job):
            world = _ready_world(going, staying, job, declaration)
            for move in declaration.moves:
                moved = _carry_all(world, declaration, move, batch, job)
                if moved:
                    say(f"{move.table}: {moved}")
                    _settle(declaration, staying)
            return _finish(world, declaration, job, by, now)


def abandon_merge(*, source: str, into: str, declaration: Declaration, by: Actor, now: datetime) -> None:
    """Take a merge back that has not moved a row: its work schema goes, the tenant works again.

    Raises NothingToAbandon, and TooLateToAbandon once a row was moved: among them
    are rows that nobody may delete.
    """
    going, staying = _known(source), _known(into)
    with both_held(going, staying), as_owner("public"), transaction.atomic():
        job = find_begun(going, staying)
        if job is None:
            raise errors.NothingToAbandon(source=going.code, into=staying.code)
        world = World(_pair(going, staying, _day(job, now)))
        if world.ask_one("SELECT to_regclass('<work>.idmap') IS NOT NULL"):
            moved = world.ask_one("SELECT count(*) FROM <work>.idmap WHERE outcome = 'MOVED'")
            if moved:
                raise errors.TooLateToAbandon(count=moved, source=going.code)
        world.do("DROP SCHEMA IF EXISTS <work> CASCADE")
        allow_writing(world, declaration)
        open_again(going, state=job.progress["state_before"], notice=job.progress["notice_before"])
        job.state, job.error, job.finished_at = "FAILED", "abandoned", now
        job.save(update_fields=["state", "error", "finished_at"])
        record_act(by=by, action="tenant.merge_abandoned", tenant_code=going.code, now=now)


def _known(code: str, field: str | None = None) -> Tenant:
    """By its own code and no other: an alias never leads a merge to a tenant that was not named."""
    with central_context():
        tenant = Tenant.objects.exclude(schema_name="public").filter(code=code).first()
    if tenant is None:
        raise errors.TenantUnknown(value=code, field=field)
    return tenant


def pair_to_merge(*, source: str, into: str, ground: str) -> tuple[Tenant, Tenant]:
    """The one that goes and the one that stays, when nothing of the registry is in the way of their merge."""
    going, staying = _known(source), _known(into, field="into")
    if going.id == staying.id:
        raise errors.SameTenant(value=going.code, field="into")
    if going.kind != staying.kind:
        raise errors.KindsDiffer(source=going.code, into=staying.code, field="into")
    if not ground.strip():
        raise errors.GroundMissing(field="ground")
    if going.successor_id is not None:
        raise errors.AlreadyMerged(source=going.code, into=staying.code)
    for tenant, fit in (
        (going, {TenantState.READY, TenantState.READ_ONLY, TenantState.SUSPENDED}),
        (staying, {TenantState.READY}),
    ):
        if tenant.state not in fit:
            raise errors.StateUnfit(value=tenant.code, state=TenantState(tenant.state).label)
    _refuse_other_shapes(going, staying)
    return going, staying


def _refuse_other_shapes(going: Tenant, staying: Tenant) -> None:
    with as_owner("public"), connection.cursor() as cursor:
        prints = read_fingerprints(cursor, [going.schema_name, staying.schema_name])
    if prints[going.schema_name] != prints[staying.schema_name]:
        raise errors.ShapesDiffer(source=going.code, into=staying.code)


def _pair(going: Tenant, staying: Tenant, day: date) -> Pair:
    return Pair(
        from_code=going.code,
        from_schema=going.schema_name,
        into_code=staying.code,
        into_schema=staying.schema_name,
        day=day,
    )


def find_begun(going: Tenant, staying: Tenant) -> LongJob | None:
    """The job of this merge that has begun and not ended.

    Raises OtherMergeUnderWay for one that touches either tenant.
    """
    found = None
    begun = LongJob.objects.filter(kind="MERGE", finished_at__isnull=True, progress__has_key="state_before")
    for job in begun:
        pair = (job.tenant_code, job.asked["into"])
        if pair == (going.code, staying.code):
            found = job
        elif {*pair} & {going.code, staying.code}:
            raise errors.OtherMergeUnderWay(value=({*pair} & {going.code, staying.code}).pop())
    return found


def _day(job: LongJob | None, now: datetime) -> date:
    """The day of the merge: that on which it was begun, however often it is taken up again."""
    return date.fromisoformat(job.asked["day"]) if job else timezone.localdate(now)


def _begin(
    going: Tenant,
    staying: Tenant,
    ground: str,
    declaration: Declaration,
    by: Actor,
    now: datetime,
    job_id: int | None,
) -> LongJob:
    job = find_begun(going, staying)
    if job is not None:
        if job_id not in (None, job.id):
            raise errors.OtherMergeUnderWay(value=going.code)
        LongJob.objects.filter(id=job.id).update(state="RUNNING", error="")
        return job
    _refuse_obstacles(going, staying, declaration, now)
    world = World(_pair(going, staying, timezone.localdate(now)))
    with transaction.atomic():
        job = _row(going, staying, ground, by, now, job_id)
        only_read(going, into=staying)
        stop_writing(world, declaration)
        record_act(
            by=by,
            action="tenant.merge_begun",
            tenant_code=going.code,
            reason=ground[:500],
            now=now,
            facts={"into": staying.code},
        )
    return job


def _row(
    going: Tenant, staying: Tenant, ground: str, by: Actor, now: datetime, job_id: int | None
) -> LongJob:
    """With what it was before in ``progress``, the merge has begun."""
    job = LongJob(
        public_id=uuid7(),
        kind="MERGE",
        tenant_code=going.code,
        created_at=now,
        created_by_id=by.id,
        created_by_name=by.name,
    )
    if job_id is not None:
        job = LongJob.objects.get(id=job_id)
    job.state = "RUNNING"
    job.asked |= {"into": staying.code, "ground": ground, "day": timezone.localdate(now).isoformat()}
    job.progress |= {"state_before": going.state, "notice_before": going.notice, "moved": 0}
    job.save()
    return job


def _refuse_obstacles(going: Tenant, staying: Tenant, declaration: Declaration, now: datetime) -> None:
    """Looked for before anything is changed, in a transaction that is taken back."""
    with transaction.atomic():
        world = World(_pair(going, staying, timezone.localdate(now)))
        ledger.open_ledger(world, declaration)
        ledger.sort_rows(world, declaration)
        obstacles = [*declaration.prepare(world), *ledger.find_obstacles(world, declaration)]
        transaction.set_rollback(True)
    _refuse(obstacles)


def _refuse(obstacles: list[DomainError]) -> None:
    if obstacles:
        raise Refusals(obstacles) if len(obstacles) > 1 else obstacles[0]


def _ready_world(going: Tenant, staying: Tenant, job: LongJob, declaration: Declaration) -> World:
    """Every row written down and given its key. Run again, it finds what came since and sorts what still waits."""
    world = World(_pair(going, staying, _day(job, job.created_at)))
    wait_for_writers(world, declaration)
    with transaction.atomic():
        ledger.open_ledger(world, declaration)
        ledger.sort_rows(world, declaration)
        _refuse([*declaration.prepare(world), *ledger.find_obstacles(world, declaration)])
        ledger.give_keys(world, declaration)
    return world


def _carry_all(world: World, declaration: Declaration, move: Any, batch: int, job: LongJob) -> int:
    done = 0
    for count in carry_table(world, declaration, move, batch):
        done += count
        job.progress["moved"] += count
        job.progress["table"] = move.table
        job.save(update_fields=["progress"])
    return done


def _settle(declaration: Declaration, staying: Tenant) -> None:
    with tenant_context(staying):
        declaration.settled()


def _report(world: World, declaration: Declaration, ground: str) -> Report:
    pair = world.pair
    return Report(
        from_code=pair.from_code,
        into_code=pair.into_code,
        ground=ground,
        day=f"{pair.day:%d/%m/%Y}",
        tables=count_tables(world, declaration),
        renamed=list_renamed(world),
        todo=declaration.todo(world),
    )


def _finish(world: World, declaration: Declaration, job: LongJob, by: Actor, now: datetime) -> Report:
    report = _report(world, declaration, job.asked["ground"])
    report.checks = [
        *check_rows(world, declaration),
        *check_files(world, declaration),
        *declaration.check(world),
    ]
    report.done = not report.wrong
    with transaction.atomic():
        job.report = as_json(report)
        if report.done:
            job.state, job.finished_at = "DONE", now
            succeed_tenant(
                old=world.pair.from_code,
                new=world.pair.into_code,
                ground=job.asked["ground"],
                confirm=world.pair.from_code,  # typed again when the merge was asked for
                by=by,
                now=now,
            )
        job.save(update_fields=["report", "state", "finished_at"])
    if not report.done:
        raise errors.DoesNotBalance(lines="; ".join(report.wrong))
    return report


@contextmanager
def _failure_is_kept(job: LongJob) -> Iterator[None]:
    """Why it stopped stands with the job; only sentences of our own, PostgreSQL's may quote people's data."""
    try:
        yield
    except BaseException as failure:
        said = str(failure) if isinstance(failure, DomainError) else type(failure).__name__
        with suppress(DatabaseError):  # when the database itself has gone, nothing can be put down
            LongJob.objects.filter(id=job.id).update(state="FAILED", error=said)
        raise
