"""Door 1: one version with all that a reviewer looks at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.catalogue.content import Problem, find_problems
from apps.catalogue.editors import has_edited
from apps.catalogue.enums import UNPUBLISHED, FindingState, Severity, VersionState
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.models import PublishLog, TemplateVersion
from apps.catalogue.process_check import check_process
from kernel.actors import Actor
from tenants.registry.context import central_context


@dataclass(frozen=True, slots=True)
class LogLine:
    action: str
    at: datetime
    by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class VersionDetail:
    """``base`` is the content of the version that it follows; {} for the first one."""

    id: int
    public_id: UUID
    code: str
    number: int
    state: str
    content: dict[str, Any]
    content_sha256: str
    base_number: int | None
    base: dict[str, Any]
    created_by: str
    created_at: datetime
    submitted_by: str
    submitted_at: datetime | None
    effective_from: date | None
    legal_basis: str
    published_by: str
    published_at: datetime | None
    editors: tuple[str, ...]
    open_findings: int
    log: tuple[LogLine, ...]  # newest first

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_in_review(self) -> bool:
        return self.state == VersionState.IN_REVIEW

    def was_edited_by(self, actor: Actor) -> bool:
        return has_edited(self.editors, actor)


def get_version_detail(code: str, number: int) -> VersionDetail:
    """Four statements. Raises VersionUnknown."""
    with central_context():
        found = (
            TemplateVersion.objects.select_related("template")
            .filter(template__code=code, number=number)
            .first()
        )
        if found is None:
            raise VersionUnknown
        before = TemplateVersion.objects.filter(template_id=found.template_id, number__lt=number)
        base = (
            before.exclude(state__in=UNPUBLISHED).order_by("-number").values_list("number", "content").first()
        )
        lines = PublishLog.objects.filter(version_id=found.id).order_by("-id")
        log = tuple(LogLine(**row) for row in lines.values("action", "at", "by_name", "note"))
        open_findings = found.findings.filter(state=FindingState.OPEN, severity=Severity.BLOCKING).count()
    return _detail(found, base or (None, {}), log, open_findings)


def list_content_problems(content: dict[str, Any]) -> list[Problem]:
    """What keeps it from being submitted, as an editor sees it while writing."""
    return find_problems(content, check_process=check_process)


def _detail(
    found: TemplateVersion,
    base: tuple[int | None, dict[str, Any]],
    log: tuple[LogLine, ...],
    open_findings: int,
) -> VersionDetail:
    return VersionDetail(
        id=found.id,
        public_id=found.public_id,
        code=found.template.code,
        number=found.number,
        state=found.state,
        content=found.content,
        content_sha256=found.content_sha256,
        base_number=base[0],
        base=base[1],
        created_by=found.created_by,
        created_at=found.created_at,
        submitted_by=found.submitted_by,
        submitted_at=found.submitted_at,
        effective_from=found.effective_from,
        legal_basis=found.legal_basis,
        published_by=found.published_by,
        published_at=found.published_at,
        editors=tuple(found.edited_by),
        open_findings=open_findings,
        log=log,
    )
