"""Door 1: shared lists of codes, as they are and as they were at any version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from apps.catalogue.enums import ChangeKind, ChangeState, scope_of
from apps.catalogue.models import Code, CodeList, CodeListVersion, ImportRun, SourceChange
from kernel.vietnamese import fold
from tenants.registry.context import central_context

_LONGEST_LINE_OF_SUCCESSION = 20


@dataclass(frozen=True, slots=True)
class CodeListView:
    key: str
    owner: str
    source: str
    codes: int
    version: int | None  # none as long as nothing was accepted
    changed_at: datetime | None
    whole: bool


def list_code_lists() -> list[CodeListView]:
    """Three statements."""
    with central_context():
        living = Count("codes", filter=Q(codes__until_version=None))
        rows = list(CodeList.objects.annotate(living=living).order_by("key"))
        newest = CodeListVersion.objects.values("list_id").annotate(number=Max("number"), at=Max("at"))
        versions = {row["list_id"]: (row["number"], row["at"]) for row in newest}
        whole = set(_whole_runs().values_list("scope", flat=True))
    return [
        CodeListView(
            one.key,
            one.owner,
            one.source,
            one.living,
            *versions.get(one.id, (None, None)),
            whole=scope_of(one.key) in whole,
        )
        for one in rows
    ]


def is_whole_list(key: str) -> bool:
    """Whether what is not in the list does not exist: once all of it was brought in, and every new code decided."""
    with central_context():
        return _whole_runs().filter(scope=scope_of(key)).exists()


def _whole_runs() -> QuerySet[ImportRun]:
    """A run whose codes still wait, or were replaced before anybody decided, has made nothing whole."""
    undecided = SourceChange.objects.filter(
        run=OuterRef("pk"),
        kind__in=(ChangeKind.NEW, ChangeKind.RETURNED),
        state__in=(ChangeState.PROPOSED, ChangeState.SUPERSEDED),
    )
    return ImportRun.objects.filter(~Exists(undecided), whole=True)


def list_list_versions(key: str, *, limit: int = 50) -> list[CodeListVersion]:
    """Newest first."""
    with central_context():
        return list(CodeListVersion.objects.filter(list__key=key).order_by("-number")[:limit])


def list_codes(
    key: str, *, q: str = "", version: int | None = None, after: str = "", limit: int = 50
) -> list[Code]:
    """By code, a keyset page after ``after``; at a version, or as the list stands. One statement."""
    with central_context():
        found = _at(key, version).filter(code__gt=after)
        for word in fold(q).split():
            found = found.filter(search__contains=word)
        return list(found.order_by("code")[:limit])


def find_codes(key: str, codes: Iterable[str]) -> list[Code]:
    """Those of ``codes`` that the list has, as it stands, ended ones too. One statement."""
    with central_context():
        return list(_at(key, None).filter(code__in=list(codes)).order_by("code"))


def find_successor(key: str, code: str, *, on: date) -> str | None:
    """The code that stands for this one on the day: itself, or the last of its successors. None: nobody knows it."""
    with central_context():
        for _step in range(_LONGEST_LINE_OF_SUCCESSION):
            found = _at(key, None).filter(code=code).values_list("valid_to", "successor").first()
            if found is None:
                return None
            ended, successor = found
            if ended is None or ended >= on or not successor:
                return code
            code = successor
    return None


def _at(key: str, version: int | None) -> QuerySet[Code]:
    found = Code.objects.filter(list__key=key)
    if version is None:
        return found.filter(until_version=None)
    later = Q(until_version=None) | Q(until_version__gt=version)
    return found.filter(later, since_version__lte=version)
