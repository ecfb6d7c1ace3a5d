"""Door 1: templates, their versions, and who runs which."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet

from apps.catalogue.enums import ADOPTABLE, FindingState
from apps.catalogue.errors import VersionUnknown
from apps.catalogue.models import (
    AdoptionReport,
    NationalDay,
    ProcedureTemplate,
    PublishLog,
    TemplateVersion,
    VersionOffer,
)
from kernel.vietnamese import fold
from tenants.registry.context import central_context
from tenants.registry.enums import Ring


@dataclass(frozen=True, slots=True)
class VersionView:
    id: int
    public_id: UUID
    number: int
    state: str
    effective_from: date | None
    created_by: str
    submitted_at: datetime | None
    submitted_by: str
    published_at: datetime | None
    published_by: str
    legal_basis: str
    content_sha256: str
    open_findings: int
    rings: tuple[str, ...]  # to which it is offered


@dataclass(frozen=True, slots=True)
class TemplateView:
    id: int
    code: str
    name: str
    field_code: str
    field_name: str
    promulgator_code: str
    promulgator_name: str
    versions: tuple[VersionView, ...]  # newest first


@dataclass(frozen=True, slots=True)
class VersionContent:
    """What a tenant takes over."""

    public_id: UUID
    code: str
    number: int
    state: str
    effective_from: date | None
    content: dict[str, Any]
    content_sha256: str


@dataclass(frozen=True, slots=True)
class PublishedView:
    code: str
    name: str
    version: UUID
    number: int


@dataclass(frozen=True, slots=True)
class AdoptionView:
    tenant_code: str
    code: str
    name: str
    number: int
    version: UUID
    overridden: bool
    in_force_from: date
    adopted_at: datetime
    adopted_by: str


def list_templates(
    *, q: str = "", field: str = "", state: str = "", after_code: str = "", limit: int = 50
) -> list[TemplateView]:
    """By code, a keyset page after ``after_code``; ``q`` is found without marks. Two statements."""
    versions = _version_rows()
    with central_context():
        found = ProcedureTemplate.objects.filter(code__gt=after_code)
        for word in fold(q).split():
            found = found.filter(name_search__contains=word)
        if field:
            found = found.filter(field_code=field)
        if state:
            found = found.filter(Q(versions__state=state)).distinct()
        page = found.order_by("code").prefetch_related(Prefetch("versions", versions))[:limit]
        return [_template_view(template) for template in page]


def get_template(code: str) -> TemplateView | None:
    with central_context():
        found = (
            ProcedureTemplate.objects.filter(code=code)
            .prefetch_related(Prefetch("versions", _version_rows()))
            .first()
        )
        return _template_view(found) if found else None


def get_version_content(version: UUID) -> VersionContent:
    """By public id; raises VersionUnknown."""
    with central_context():
        found = TemplateVersion.objects.select_related("template").filter(public_id=version).first()
    if found is None:
        raise VersionUnknown
    return _content_view(found)


def find_newest_published(code: str, *, ring: str | None = None) -> VersionContent | None:
    """The newest that is offered to the ring; without one, of all that are published."""
    with central_context():
        found = (
            _published(ring)
            .select_related("template")
            .filter(template__code=code)
            .order_by("-number")
            .first()
        )
    return _content_view(found) if found else None


def find_current(code: str, *, on: date) -> VersionContent | None:
    """The version that is the law of the nation on that day, whatever has been noted about it since.

    Asked by date: a scheduled version takes over at midnight in Viet Nam without
    anybody doing anything. One that was retired is none; which tenant runs what is
    the tenant's own question.
    """
    with central_context():
        begun = _published(None).filter(template__code=code, effective_from__lte=on)
        found = begun.select_related("template").order_by("-number").first()
    return _content_view(found) if found else None


def list_current_numbers(*, on: date, code: str = "") -> dict[str, int]:
    """Code → number of the version in force on that day, of all templates or of one. One statement."""
    with central_context():
        begun = _published(None).filter(effective_from__lte=on)
        if code:
            begun = begun.filter(template__code=code)
        rows = begun.values("template__code").annotate(newest=Max("number"))
        return {row["template__code"]: row["newest"] for row in rows}


def list_published(*, ring: str | None = None) -> list[PublishedView]:
    """The newest version of every template that a tenant of this ring may adopt; without a ring, of all published.

    By code.
    """
    with central_context():
        rows = (
            _published(ring)
            .order_by("template__code", "-number")
            .distinct("template__code")
            .values_list("template__code", "template__name", "public_id", "number")
        )
        return [PublishedView(*row) for row in rows]


def list_newest_offered() -> dict[str, dict[str, int]]:
    """Ring → code → number of the newest version that its tenants may adopt. One statement."""
    found: dict[str, dict[str, int]] = {ring: {} for ring in Ring.values}
    with central_context():
        rows = VersionOffer.objects.filter(version__state__in=ADOPTABLE)
        newest = rows.values("ring", "version__template__code").annotate(number=Max("version__number"))
        for row in newest:
            found[row["ring"]][row["version__template__code"]] = row["number"]
    return found


def is_offered(version: UUID, *, ring: str) -> bool:
    with central_context():
        return VersionOffer.objects.filter(version__public_id=version, ring=ring).exists()


def list_adoptions(*, code: str = "", tenant_code: str = "") -> list[AdoptionView]:
    """Who runs which version: the newest adoption of each tenant and procedure."""
    with central_context():
        found = AdoptionReport.objects.select_related("version__template").defer("version__content")
        if code:
            found = found.filter(version__template__code=code)
        if tenant_code:
            found = found.filter(tenant_code=tenant_code)
        newest = found.order_by("tenant_code", "version__template__code", "-id").distinct(
            "tenant_code", "version__template__code"
        )
        return [_adoption_view(row) for row in newest]


def list_publish_log(*, code: str = "", limit: int = 200) -> list[PublishLog]:
    """Newest first."""
    with central_context():
        found = PublishLog.objects.select_related("version__template").defer("version__content")
        if code:
            found = found.filter(version__template__code=code)
        return list(found.order_by("-id")[:limit])


def list_national_days(year: int | None = None) -> list[NationalDay]:
    with central_context():
        days = NationalDay.objects.all()
        if year is not None:
            days = days.filter(date__year=year)
        return list(days.order_by("date"))


def _published(ring: str | None) -> QuerySet[TemplateVersion]:
    found = TemplateVersion.objects.filter(state__in=ADOPTABLE)
    return found if ring is None else found.filter(offers__ring=ring)


def _version_rows() -> QuerySet[TemplateVersion]:
    """Without their content; how many findings are open, and to which rings each is offered."""
    offers = VersionOffer.objects.filter(version=OuterRef("id")).order_by("id")
    return (
        TemplateVersion.objects.defer("content")
        .annotate(
            open_findings=Count("findings", filter=Q(findings__state=FindingState.OPEN)),
            rings=ArraySubquery(offers.values("ring")),
        )
        .order_by("-number")
    )


def _content_view(version: TemplateVersion) -> VersionContent:
    return VersionContent(
        public_id=version.public_id,
        code=version.template.code,
        number=version.number,
        state=version.state,
        effective_from=version.effective_from,
        content=version.content,
        content_sha256=version.content_sha256,
    )


def _template_view(template: ProcedureTemplate) -> TemplateView:
    return TemplateView(
        id=template.id,
        code=template.code,
        name=template.name,
        field_code=template.field_code,
        field_name=template.field_name,
        promulgator_code=template.promulgator_code,
        promulgator_name=template.promulgator_name,
        versions=tuple(
            VersionView(
                id=version.id,
                public_id=version.public_id,
                number=version.number,
                state=version.state,
                effective_from=version.effective_from,
                created_by=version.created_by,
                submitted_at=version.submitted_at,
                submitted_by=version.submitted_by,
                published_at=version.published_at,
                published_by=version.published_by,
                legal_basis=version.legal_basis,
                content_sha256=version.content_sha256,
                open_findings=version.open_findings,  # type: ignore[attr-defined]  # annotated above
                rings=tuple(version.rings),  # type: ignore[attr-defined]  # annotated above
            )
            for version in template.versions.all()
        ),
    )


def _adoption_view(row: AdoptionReport) -> AdoptionView:
    return AdoptionView(
        tenant_code=row.tenant_code,
        code=row.version.template.code,
        name=row.version.template.name,
        number=row.version.number,
        version=row.version.public_id,
        overridden=row.overridden,
        in_force_from=row.in_force_from,
        adopted_at=row.adopted_at,
        adopted_by=row.adopted_by,
    )
