"""Procedures of this tenant's own: drafts, and what is in force or was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.catalogue.content import Problem, find_problems
from apps.catalogue.editors import has_edited
from apps.catalogue.process_check import check_process
from apps.procedures.enums import LocalState, Origin
from apps.procedures.errors import LocalUnknown
from apps.procedures.local_content import DEFAULT_PATTERN, say_pattern
from apps.procedures.models import AdoptedVersion, LocalDraft, LocalRules
from kernel.actors import Actor
from tenants.registry.context import get_current_tenant


@dataclass(frozen=True, slots=True)
class LocalView:
    public_id: UUID
    procedure_code: str
    name: str
    state: str
    revision: int
    editors: list[str]
    remarks: str
    changed_at: datetime
    changed_by: str
    content: dict[str, Any]

    def was_edited_by(self, actor: Actor) -> bool:
        return has_edited(self.editors, actor)

    @property
    def is_draft(self) -> bool:
        return self.state == LocalState.DRAFT

    @property
    def is_in_review(self) -> bool:
        return self.state == LocalState.IN_REVIEW

    def problems(self) -> list[Problem]:
        return find_problems(self.content, check_process=check_process)


@dataclass(frozen=True, slots=True)
class LocalRow:
    code: str
    name: str
    number: int
    in_force_from: date


def get_local(draft_id: UUID) -> LocalView:
    """Raises LocalUnknown."""
    row = LocalDraft.objects.filter(public_id=draft_id).values(*LocalView.__slots__).first()
    if row is None:
        raise LocalUnknown
    return LocalView(**row)


def list_local_drafts() -> list[LocalView]:
    """Those that are not in force yet, the newest change first; without their content."""
    rows = LocalDraft.objects.exclude(state=LocalState.PUBLISHED).order_by("-changed_at", "-id")
    names = [name for name in LocalView.__slots__ if name != "content"]
    return [LocalView(**row, content={}) for row in rows.values(*names)[:100]]


def list_local(*, on: date) -> list[LocalRow]:
    """In force on that day or later, by code."""
    rows = (
        AdoptedVersion.objects.standing(on).filter(origin=Origin.LOCAL).order_by("procedure_code", "number")
    )
    return [LocalRow(*row) for row in rows.values_list("procedure_code", "name", "number", "in_force_from")]


def list_local_bases(drafts: Iterable[UUID]) -> dict[UUID, str]:
    """The decision by which each was put in force."""
    rows = LocalDraft.objects.filter(public_id__in=list(drafts)).exclude(legal_basis="")
    return dict(rows.values_list("public_id", "legal_basis"))


@dataclass(frozen=True, slots=True)
class LocalRulesView:
    """``said``: the pattern as a person reads it. ``ground`` is empty while nobody has found it in a paper."""

    code_pattern: str
    said: str
    ground: str
    changed_by: str


def get_local_rules() -> LocalRulesView:
    """How procedures of this tenant's own are numbered; one statement."""
    row = LocalRules.objects.filter(id=1).first()
    pattern = row.code_pattern if row else DEFAULT_PATTERN
    said = say_pattern(pattern, tenant_code=get_current_tenant().code)
    return LocalRulesView(pattern, said, row.ground if row else "", row.changed_by if row else "")
