"""Door 1: whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.workflow.enums import StepState
from apps.workflow.errors import ProcessUnknown, StepUnknown
from apps.workflow.models import ProcessDefinition, Step
from apps.workflow.rights import find_grant, find_grant_of_holder, may_assign
from kernel.actors import Actor, Grant

__all__ = [
    "Decision",
    "ProcessRef",
    "StepView",
    "can_assign_step",
    "can_claim_step",
    "can_complete_step",
    "count_open_steps",
    "decisions_of",
    "get_bpmn",
    "get_open_steps",
    "get_process",
    "get_step",
    "get_steps_of",
    "list_open_steps",
    "list_steps",
    "open_subject_ids",
    "view_step",
]


@dataclass(frozen=True, slots=True)
class Decision:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ProcessRef:
    id: int
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StepView:
    """``public_id`` is what addresses and services take. ``decision`` is empty until one is taken."""

    id: int
    public_id: UUID
    run_id: int
    subject_id: int
    procedure_code: str
    key: str
    name: str
    duty: str
    unit_id: int
    unit_path: str
    decisions: tuple[Decision, ...]
    state: str
    opened_at: datetime
    due_at: datetime | None
    holder_id: int | None
    closed_at: datetime | None
    closed_by_id: int | None
    closed_by_name: str
    on_behalf_of_id: int | None
    decision: str
    note: str

    @property
    def is_open(self) -> bool:
        return self.state == StepState.OPEN

    @property
    def decision_label(self) -> str:
        """What was decided, in words; empty when nothing was asked."""
        return next((each.label for each in self.decisions if each.code == self.decision), "")

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and (self.closed_at or now) > self.due_at


def view_step(step: Step) -> StepView:
    plain = {name: getattr(step, name) for name in StepView.__slots__ if name != "decisions"}
    return StepView(**plain, decisions=tuple(Decision(code, label) for code, label in step.decisions))


def get_step(public_id: UUID) -> StepView:
    """Raises StepUnknown."""
    step = Step.objects.filter(public_id=public_id).first()
    if step is None:
        raise StepUnknown()
    return view_step(step)


def list_steps(subject_id: int) -> list[StepView]:
    """All there ever were, in the order of their opening."""
    return [view_step(step) for step in Step.objects.filter(subject_id=subject_id).order_by("id")]


def list_open_steps(subject_id: int) -> list[StepView]:
    steps = Step.objects.filter(subject_id=subject_id, state=StepState.OPEN)
    return [view_step(step) for step in steps.order_by("id")]


def get_open_steps(subject_ids: Iterable[int]) -> dict[int, list[StepView]]:
    """Of a page of subjects, in one statement."""
    found: dict[int, list[StepView]] = {}
    for step in Step.objects.filter(subject_id__in=list(subject_ids), state=StepState.OPEN).order_by("id"):
        found.setdefault(step.subject_id, []).append(view_step(step))
    return found


def decisions_of(step: StepView) -> tuple[Decision, ...]:
    """What may be decided in it; empty: it is only completed."""
    return step.decisions


def can_complete_step(by: Actor, step: StepView) -> bool:
    """The same question that complete_step asks."""
    return step.is_open and find_grant_of_holder(by, step) is not None


def can_claim_step(by: Actor, step: StepView) -> bool:
    return step.is_open and step.holder_id is None and find_grant(by, step) is not None


def can_assign_step(by: Actor, step: StepView) -> bool:
    return step.is_open and may_assign(by, step)


def open_subject_ids(
    *,
    held_by: int | None = None,
    for_grants: Iterable[Grant] | None = None,
    unit_paths: Iterable[str] | None = None,
    duties: Iterable[str] | None = None,
    procedure_code: str = "",
) -> QuerySet[Step, Any]:
    """Subjects with an open step that fits everything given: a values list, to be used as a subquery.

    ``held_by``: a person's key. ``for_grants``: steps that somebody with one of
    these grants may do. ``unit_paths``: these units and all below them.
    """
    columns: dict[str, Any] = {"state": StepState.OPEN}
    clauses = []
    if held_by is not None:
        columns["holder_id"] = held_by
    if for_grants is not None:
        clauses.append(_reached_by(for_grants))
    if unit_paths is not None:
        clauses.append(_any_of([Q(unit_path__startswith=path) for path in unit_paths]))
    if duties is not None:
        columns["duty__in"] = list(duties)
    if procedure_code:
        columns["procedure_code"] = procedure_code
    return Step.objects.filter(*clauses, **columns).values("subject_id")


def count_open_steps(*, held_by: int) -> int:
    return Step.objects.filter(state=StepState.OPEN, holder_id=held_by).count()


def _reached_by(grants: Iterable[Grant]) -> Q:
    """Grants of one scope become one clause: people have several duties at one unit."""
    duties: dict[tuple[str | None, str | None, str | None], set[str]] = {}
    for grant in grants:
        duties.setdefault((grant.unit_path, grant.procedure, grant.step), set()).add(grant.duty)
    return _any_of(
        [
            Q(duty__in=sorted(of_scope))
            & (Q(unit_path__startswith=path) if path is not None else Q())
            & (Q(procedure_code=procedure) if procedure is not None else Q())
            & (Q(key=step) if step is not None else Q())
            for (path, procedure, step), of_scope in duties.items()
        ]
    )


def _any_of(clauses: list[Q]) -> Q:
    """None of nothing: an empty list finds no row."""
    if not clauses:
        return Q(pk__in=[])
    return reduce(or_, clauses)


def get_process(process_id: int) -> ProcessRef:
    """Raises ProcessUnknown."""
    row = ProcessDefinition.objects.filter(id=process_id).values("id", "key", "sha256").first()
    if row is None:
        raise ProcessUnknown()
    return ProcessRef(**row)


def get_bpmn(process_id: int) -> tuple[str, dict[str, str]]:
    """The files as they were registered: the process and what it calls. Raises ProcessUnknown."""
    row = ProcessDefinition.objects.filter(id=process_id).values_list("bpmn", "called").first()
    if row is None:
        raise ProcessUnknown()
    return row


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step as its process asks for it: which duty, at which role or unit code."""

    key: str
    name: str
    duty: str
    unit: str


def get_steps_of(process_ids: Iterable[int]) -> dict[int, list[StepPlace]]:
    """Every step that a run of each process may open, in one query and without the rest of the files."""
    rows = ProcessDefinition.objects.filter(id__in=list(process_ids)).values_list("id", "spec__steps")
    return {
        key: [StepPlace(step["key"], step["name"], step["duty"], step["unit"]) for step in steps]
        for key, steps in rows
    }
