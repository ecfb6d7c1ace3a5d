"""Door 2: after a version was opened, each tenant of its rings gets a note of what differs there, in the background."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from apps.catalogue.errors import OfferRunUnknown
from apps.catalogue.models import OfferNotice, OfferRun, TemplateVersion
from apps.catalogue.tenant_work import get_tenant_work
from kernel.actors import Actor
from kernel.ids import uuid7
from tenants.registry.context import central_context


def start_run(version: TemplateVersion, rings: Sequence[str], *, by: Actor, now: datetime) -> OfferRun:
    """Inside the transaction that opens the rings; the work begins after its commit."""
    run = OfferRun.objects.create(
        public_id=uuid7(), version=version, rings=list(rings), started_at=now, started_by=by.name
    )
    transaction.on_commit(partial(get_tenant_work().wake_offer, run.id))
    return run


@transaction.atomic
def begin_run(*, run_id: int, total: int) -> None:
    """How many tenants it is about. Raises OfferRunUnknown."""
    with central_context():
        if not OfferRun.objects.filter(id=run_id).update(
            state="RUNNING", total=total, failed=[], finished_at=None
        ):
            raise OfferRunUnknown


@transaction.atomic
def note_offer(
    *, run_id: int, tenant_code: str, changes: int | None, conflicts: int | None, now: datetime
) -> None:
    """What is new for one tenant. Noted again, the later count stands. Raises OfferRunUnknown."""
    with central_context():
        run = OfferRun.objects.filter(id=run_id).first()
        if run is None:
            raise OfferRunUnknown
        OfferNotice.objects.update_or_create(
            tenant_code=tenant_code,
            version_id=run.version_id,
            defaults={"changes": changes, "conflicts": conflicts, "noted_at": now},
        )


@transaction.atomic
def finish_run(*, run_id: int, failed: Sequence[str], now: datetime) -> None:
    with central_context():
        OfferRun.objects.filter(id=run_id).update(state="DONE", failed=list(failed), finished_at=now)


@transaction.atomic
def restart_run(*, run_id: int, by: Actor, now: datetime) -> None:
    """For tenants whose note failed, or after a worker died. Raises OfferRunUnknown."""
    run = OfferRun.objects.select_for_update(of=("self",)).filter(id=run_id).first()
    if run is None:
        raise OfferRunUnknown
    run.state, run.finished_at = "WAITING", None
    run.save(update_fields=["state", "finished_at"])
    transaction.on_commit(partial(get_tenant_work().wake_offer, run.id))
