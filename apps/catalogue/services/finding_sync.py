"""Findings follow what is seen: the same as before keeps its answer, another one asks anew, a mended one goes."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from apps.catalogue.enums import FindingState, severity_of
from apps.catalogue.models import ImportFinding, TemplateVersion
from apps.catalogue.source_findings import Finding

_BATCH = 1000
_ANSWERED = (FindingState.RESOLVED, FindingState.DISMISSED)
_ASKED_ANEW = ["seen", "state", "severity", "confirmed_at", "confirmed_by", "note"]


def sync_row_findings(scope: str, found: Mapping[str, tuple[str, Sequence[Finding]]]) -> None:
    """``found``: code → (promulgator, findings) of rows of a register. A handful of statements a batch."""
    standing = ImportFinding.objects.filter(version=None, scope=scope, code__in=list(found))
    fresh = (
        _new(code, finding, scope=scope, promulgator=promulgator[:250])
        for code, (promulgator, findings) in found.items()
        for finding in findings
    )
    _sync(standing, fresh)


def sync_version_findings(version: TemplateVersion, findings: Sequence[Finding]) -> None:
    template = version.template
    _sync(
        ImportFinding.objects.filter(version=version),
        (
            _new(template.code, finding, version=version, promulgator=template.promulgator_name)
            for finding in findings
        ),
    )


def carry_answers(before: TemplateVersion, version: TemplateVersion) -> None:
    """What was answered of the version before holds for the next one, as long as the source says the same."""
    answered = ImportFinding.objects.filter(version=before, state__in=_ANSWERED)
    known = {(one.kind, one.place): one for one in answered}
    again = []
    for one in ImportFinding.objects.filter(version=version, state=FindingState.OPEN):
        old = known.get((one.kind, one.place))
        if old is not None and old.seen == one.seen:
            one.state, one.owner, one.note = old.state, old.owner, old.note
            one.confirmed_at, one.confirmed_by = old.confirmed_at, old.confirmed_by
            again.append(one)
    ImportFinding.objects.bulk_update(again, [*_ASKED_ANEW, "owner"], batch_size=_BATCH)


def _new(code: str, finding: Finding, **about: object) -> ImportFinding:
    return ImportFinding(
        code=code,
        kind=finding.kind,
        place=finding.place[:200],
        seen=finding.seen,
        severity=severity_of(finding.kind),
        **about,
    )


def _sync(standing: QuerySet[ImportFinding], fresh: Iterable[ImportFinding]) -> None:
    known = {(one.code, one.kind, one.place): one for one in standing.select_for_update(of=("self",))}
    added, again = [], []
    for one in fresh:
        before = known.pop((one.code, one.kind, one.place), None)
        if before is None:
            added.append(one)
        elif before.seen != one.seen or before.state == FindingState.GONE:
            before.seen, before.severity, before.state = one.seen, one.severity, FindingState.OPEN
            before.confirmed_at, before.confirmed_by, before.note = None, "", ""
            again.append(before)
    ImportFinding.objects.bulk_create(added, batch_size=_BATCH)
    ImportFinding.objects.bulk_update(again, _ASKED_ANEW, batch_size=_BATCH)
    gone = [one.id for one in known.values() if one.state != FindingState.GONE]
    ImportFinding.objects.filter(id__in=gone).update(
        state=FindingState.GONE, confirmed_at=None, confirmed_by=""
    )
