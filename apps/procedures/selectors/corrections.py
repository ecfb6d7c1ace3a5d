"""What an open dossier is shown: the law of its day, with the words that were put right since."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.cache import cache

from apps.catalogue.changes import Change, Kind, group_of, say_change
from apps.catalogue.parts import split
from apps.procedures.correcting import corrected
from apps.procedures.models import Correction
from apps.procedures.selectors.adopted import AdoptedView, get_version

_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """``template_number``: of the national version that put it right."""

    what: str
    before: str
    after: str
    template_number: int
    at: datetime


def get_shown_version(version_id: int) -> AdoptedView:
    """For display alone: limits, fees and papers are those of ``get_version``. No statement when warm."""
    version = get_version(version_id)
    corrections = _corrections(version_id)
    content = corrected(version.content, content_sha256=version.content_sha256, corrections=corrections)
    return version if content is version.content else replace(version, content=content, name=content["name"])


def list_corrections(version_id: int) -> list[CorrectionView]:
    """In words, the newest of each thing. At most one statement more than get_shown_version."""
    if not _corrections(version_id):
        return []
    version = get_version(version_id)
    shown, old = get_shown_version(version_id).content, split(version.content)
    rows = Correction.objects.filter(version_id=version_id).select_related("from_version").order_by("id")
    newest = {row.path: row for row in rows.defer("from_version__content")}
    found = []
    for row in newest.values():
        change = Change(row.path, Kind.CHANGED, group_of(row.path), old.get(row.path), row.value)
        what, before, after = say_change(change, version.content, shown)
        found.append(CorrectionView(what, before, after, row.from_version.template_number, row.at))
    return found


def corrections_key(version_id: int) -> str:
    return f"procedures:corrections:{version_id}"


def _corrections(version_id: int) -> dict[str, str]:
    key = corrections_key(version_id)
    rows = cache.get(key)
    if rows is None:
        rows = dict(
            Correction.objects.filter(version_id=version_id).order_by("id").values_list("path", "value")
        )
        cache.set(key, rows, _KEPT_SECONDS)
    found: dict[str, str] = rows
    return found
