"""Door 1: what a version would do, as the tenants have answered so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.catalogue.effect_figures import sum_up
from apps.catalogue.errors import EffectUnknown
from apps.catalogue.models import EffectReport, EffectRequest
from tenants.registry.context import central_context


@dataclass(frozen=True, slots=True)
class ReportView:
    """``figures`` is empty while the tenant has not answered."""

    tenant_code: str
    figures: dict[str, Any]
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class EffectView:
    request_id: int
    content_sha256: str
    asked_at: datetime
    asked_by: str
    reports: tuple[ReportView, ...]  # by tenant

    @property
    def answered(self) -> tuple[ReportView, ...]:
        return tuple(one for one in self.reports if one.reported_at)

    @property
    def is_complete(self) -> bool:
        return len(self.answered) == len(self.reports)

    @property
    def total(self) -> dict[str, Any]:
        return sum_up([one.figures for one in self.answered])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tenant is asked about: the wording, as it stands now."""

    version: UUID
    code: str
    number: int
    state: str
    content: dict[str, Any]


def find_effect(version_id: int) -> EffectView | None:
    """The newest question about a version. Two statements."""
    with central_context():
        request = EffectRequest.objects.filter(version_id=version_id).order_by("-id").first()
        if request is None:
            return None
        rows = request.reports.order_by("tenant_code").values_list("tenant_code", "figures", "reported_at")
        reports = tuple(ReportView(*row) for row in rows)
    return EffectView(request.id, request.content_sha256, request.asked_at, request.asked_by, reports)


def get_asked(request_id: int) -> Asked:
    """Raises EffectUnknown."""
    with central_context():
        found = EffectRequest.objects.select_related("version__template").filter(id=request_id).first()
    if found is None:
        raise EffectUnknown
    return _asked(found)


def find_asked_about(code: str, *, tenant_code: str) -> Asked | None:
    """The newest wording of a procedure that this tenant was asked about: what it may look at before it is law."""
    with central_context():
        found = (
            EffectRequest.objects.select_related("version__template")
            .filter(version__template__code=code, reports__tenant_code=tenant_code)
            .order_by("-version__number", "-id")
            .first()
        )
    return _asked(found) if found else None


def list_waiting(request_id: int) -> list[str]:
    """Codes of the tenants that have not answered."""
    with central_context():
        waiting = EffectReport.objects.filter(request_id=request_id, reported_at__isnull=True)
        return list(waiting.order_by("tenant_code").values_list("tenant_code", flat=True))


def _asked(request: EffectRequest) -> Asked:
    version = request.version
    return Asked(version.public_id, version.template.code, version.number, version.state, version.content)
