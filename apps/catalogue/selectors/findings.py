"""Door 1: what a person must look at, of drafts, of the national list and of shared lists."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from apps.catalogue.enums import LIMIT_FINDINGS, FindingState
from apps.catalogue.models import ImportFinding
from tenants.registry.context import central_context


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """All that is stated must hold. ``owner``: a name, or "-" for those that nobody has."""

    state: str = ""
    severity: str = ""
    kind: str = ""
    owner: str = ""
    promulgator: str = ""
    scope: str = ""
    code: str = ""


NOBODY = "-"


def list_findings(version_id: int, *, only_open: bool = False) -> list[ImportFinding]:
    """Of one version."""
    with central_context():
        found = ImportFinding.objects.filter(version_id=version_id).exclude(state=FindingState.GONE)
        if only_open:
            found = found.filter(state=FindingState.OPEN)
        return list(found.order_by("id"))


def list_all_findings(wanted: FindingFilter, *, after: int = 0, limit: int = 50) -> list[ImportFinding]:
    """A keyset page after finding ``after``. One statement."""
    with central_context():
        return list(_filtered(wanted).filter(id__gt=after).order_by("id")[:limit])


def find_finding(finding_id: int) -> ImportFinding | None:
    """With the code of its version, where it has one."""
    with central_context():
        found = ImportFinding.objects.select_related("version").defer("version__content")
        return found.filter(id=finding_id).first()


def asks_for_a_limit(finding: ImportFinding) -> bool:
    """Its answer is the limit of one case of a draft, as a person has read it in the law."""
    of_a_draft = finding.version_id is not None
    return of_a_draft and finding.kind in LIMIT_FINDINGS and finding.place.startswith("cases[")


def count_findings(*, scope: str = "", state: str = FindingState.OPEN) -> dict[str, int]:
    """Kind → how many, the most frequent first."""
    with central_context():
        found = _filtered(FindingFilter(scope=scope, state=state))
        return dict(found.values_list("kind").annotate(count=Count("id")).order_by("-count", "kind"))


def count_findings_by_severity() -> dict[str, int]:
    """Of those that are open."""
    with central_context():
        found = _filtered(FindingFilter(state=FindingState.OPEN))
        return dict(found.values_list("severity").annotate(count=Count("id")))


def list_finding_choices() -> tuple[list[str], list[str]]:
    """(owners, promulgators) that open findings have. Two statements."""
    with central_context():
        found = _filtered(FindingFilter(state=FindingState.OPEN))
        return _distinct(found, "owner"), _distinct(found, "promulgator")


def _distinct(found: QuerySet[ImportFinding], name: str) -> list[str]:
    return list(found.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct())


def _filtered(wanted: FindingFilter) -> QuerySet[ImportFinding]:
    found = ImportFinding.objects.all()
    for name in ("state", "severity", "kind", "promulgator", "scope", "code"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.owner:
        found = found.filter(owner="" if wanted.owner == NOBODY else wanted.owner)
    return found
