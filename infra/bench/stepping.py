"""Complete a step: a clerk's form on the desk, beside a bare view that writes the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.test import Client
from rest_framework.renderers import JSONRenderer

from apps.accounts.enums import Duty
from apps.audit.models import Entry
from apps.dossiers.enums import Status
from apps.dossiers.models import Dossier
from apps.workflow.enums import StepState
from apps.workflow.models import Run, Step
from infra.bench.ceiling import ClosedStep, MovedDossier, PlainEntry, PlainEvent, PlainRun, PlainStep
from infra.bench.doors import Asked, Door
from infra.bench.people import PROVINCE_SPECIALIST, sign_in
from infra.bench.settings import WARD
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant


@dataclass(frozen=True, slots=True)
class Target:
    step_id: int
    step: UUID
    dossier_id: int
    dossier: UUID
    procedure: str
    decision: str


class Steps:
    """First steps of accepted dossiers, in pairs of one procedure: one for the house, one for the ceiling."""

    def __init__(self, tenant: Tenant, house: Door, *, pairs: int) -> None:
        self._tenant, self._house = tenant, house
        self._client: Client = sign_in(PROVINCE_SPECIALIST)
        with tenant_context(tenant):
            found = _targets(2 * pairs + 60)
        by_procedure: dict[str, list[Target]] = {}
        for target in found:
            by_procedure.setdefault(target.procedure, []).append(target)
        self._bodies: dict[str, dict[str, Any]] = {}
        self._ours: list[Target] = []
        self._theirs: list[Target] = []
        for procedure, targets in by_procedure.items():
            self._bodies[procedure] = self._rows_after(targets.pop())
            self._ours += targets[0 : len(targets) // 2 * 2 : 2]
            self._theirs += targets[1 : len(targets) // 2 * 2 : 2]
        if len(self._ours) < pairs:
            raise RuntimeError("too few open steps are left: load anew with `python -m infra.bench --fresh`")

    def our_requests(self) -> Iterator[Asked]:
        return (self._ours_for(target) for target in self._ours)

    def ceiling_requests(self) -> Iterator[Asked]:
        for target in self._theirs:
            rows = self._bodies[target.procedure]
            for row in rows["opened"]:
                row |= {"public_id": str(uuid4()), "token": str(uuid4()), "subject_id": target.dossier_id}
            for row in rows["events"]:
                row["event_id"] = str(uuid4())
            yield Asked("POST", f"/steps/{target.step_id}", JSONRenderer().render(rows))

    def _ours_for(self, target: Target) -> Asked:
        typed = {
            "csrfmiddlewaretoken": self._client.cookies["csrftoken"].value,
            "decision": target.decision,
            "note": "Hồ sơ đầy đủ, hợp lệ.",
        }
        return Asked(
            "POST",
            f"/desk/dossiers/{target.dossier}/steps/{target.step}/",
            urlencode(typed).encode(),
            content_type="application/x-www-form-urlencoded",
            client=self._client,
        )

    def _rows_after(self, target: Target) -> dict[str, Any]:
        """What the house writes when it completes this step, taken from the rows it has written."""
        answer = self._house.ask(self._ours_for(target))
        if answer.status != 302:
            raise RuntimeError(
                f"the probing step was not completed: {answer.status}\n{answer.body[:3000].decode()}"
            )
        with tenant_context(self._tenant):
            step = Step.objects.get(id=target.step_id)
            events = OutboxEvent.objects.filter(payload__dossier_id=target.dossier_id).order_by("id")
            entries = Entry.objects.filter(
                subject_type="dossier", subject_id=target.dossier_id, at=step.closed_at
            )
            return {
                "step": ClosedStep(step).data,
                "run": PlainRun(Run.objects.get(id=step.run_id)).data,
                "dossier": MovedDossier(Dossier.objects.get(id=target.dossier_id)).data,
                "opened": PlainStep(Step.objects.filter(run_id=step.run_id, id__gt=step.id), many=True).data,
                "entries": PlainEntry(entries, many=True).data,
                "events": PlainEvent(events, many=True).data,
            }


def _targets(most: int) -> list[Target]:
    steps = (
        Step.objects.filter(state=StepState.OPEN, duty=Duty.SPECIALIST, holder__isnull=True)
        .exclude(unit__code=WARD)
        .order_by("id")
        .values_list("id", "public_id", "subject_id", "procedure_code", "decisions")[: most * 3]
    )
    rows = list(steps)
    dossiers = dict(
        Dossier.objects.filter(id__in=[row[2] for row in rows], status=Status.ACCEPTED).values_list(
            "id", "public_id"
        )
    )
    return [
        Target(row[0], row[1], row[2], dossiers[row[2]], row[3], row[4][0][0] if row[4] else "")
        for row in rows
        if row[2] in dossiers
    ][:most]
