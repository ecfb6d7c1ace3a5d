"""Is the ledger what it was when it was written? Everything is computed anew; nothing is written.

Two things are compared: each line of the publish log with its own hash and the
line before, and each published version with the lines that speak of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.catalogue.chain import FIRST, line_sha256
from apps.catalogue.content import content_sha256
from apps.catalogue.enums import UNPUBLISHED, LogAction, VersionState
from apps.catalogue.models import PublishLog, TemplateVersion
from tenants.registry.context import central_context

_ROWS = 200


@dataclass(frozen=True, slots=True)
class Break:
    """``line`` is the key of the log line, 0 where a version has none that it needs."""

    line: int
    code: str
    number: int
    why: str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    lines: int
    versions: int
    head: str  # hash of the last line: kept elsewhere, it shows a log that was cut off
    breaks: tuple[Break, ...]  # of the chain only the first: all that follow it break with it


def verify_ledger() -> Verdict:
    """Reads every published content once; memory does not grow with their number."""
    with central_context():
        lines, head, broken = _read_chain()
        published = list(_version_breaks())
        count = TemplateVersion.objects.exclude(state__in=UNPUBLISHED).count()
    return Verdict(lines, count, head, (*([broken] if broken else []), *published))


def _read_chain() -> tuple[int, str, Break | None]:
    previous, count = FIRST, 0
    rows = PublishLog.objects.select_related("version__template").defer("version__content").order_by("id")
    for row in rows.iterator(chunk_size=_ROWS):
        count += 1
        if not row.sha256:
            return count, previous, _break(row, _("không nằm trong chuỗi: phần mềm bản trước đã ghi"))
        expected = line_sha256(
            previous=previous,
            version=row.version.public_id,
            content_sha256=row.content_sha256,
            action=row.action,
            effective_from=row.effective_from,
            at=row.at,
            by_key=row.by_key,
            by_name=row.by_name,
            note=row.note,
        )
        if row.previous_sha256 != previous:
            return count, row.sha256, _break(row, _("không nối tiếp dòng đứng trước"))
        if row.sha256 != expected:
            return count, row.sha256, _break(row, _("nội dung dòng khác với khi ghi"))
        previous = row.sha256
    return count, previous, None


def _version_breaks() -> Iterator[Break]:
    """A version that says of itself what no line of the log says."""
    spoken: dict[int, dict[str, tuple[int, str, date | None]]] = {}
    said_lines = PublishLog.objects.order_by("id").values_list(
        "version_id", "action", "id", "content_sha256", "effective_from"
    )
    for version_id, action, line_id, line_sha, line_since in said_lines:
        spoken.setdefault(version_id, {})[action] = (line_id, line_sha, line_since)
    rows = TemplateVersion.objects.exclude(state__in=UNPUBLISHED).select_related("template").order_by("id")
    for version in rows.iterator(chunk_size=_ROWS):
        said = spoken.get(version.id, {})
        line, sha, since = said.get(LogAction.PUBLISH.value, (0, "", None))
        why = None
        if not line:
            why = _("đã công bố nhưng nhật ký không có dòng công bố")
        elif content_sha256(version.content) != sha or version.content_sha256 != sha:
            why = _("nội dung khác với nội dung đã công bố")
        elif version.effective_from != since:
            why = _("ngày có hiệu lực khác với khi công bố")
        elif version.state == VersionState.RETIRED and LogAction.RETIRE.value not in said:
            why = _("đã bãi bỏ nhưng nhật ký không có dòng bãi bỏ")
        if why is not None:
            yield Break(line, version.template.code, version.number, why)


def _break(row: PublishLog, why: str) -> Break:
    return Break(row.id, row.version.template.code, row.version.number, why)
