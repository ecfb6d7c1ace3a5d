"""The register of full records: a change of one becomes a draft once a steward accepts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue.carrying import carry_changes, replace_source_parts
from apps.catalogue.enums import RECORDS_SCOPE, UNPUBLISHED
from apps.catalogue.models import SourceChange, SourceRecord, TemplateVersion
from apps.catalogue.services.drafting import create_draft
from apps.catalogue.services.finding_sync import carry_answers, sync_version_findings
from apps.catalogue.services.registers import Standing, register_maker
from apps.catalogue.source_findings import find_findings
from apps.catalogue.source_record import to_content
from kernel.actors import Actor


class RecordRegister:
    """Nothing is ever retired here: the list of procedures says what has gone."""

    scope = RECORDS_SCOPE

    def standing(self, codes: Sequence[str]) -> dict[str, Standing]:
        found = SourceRecord.objects.filter(code__in=codes).values_list("code", "record", "sha256")
        return {code: Standing(record, sha256) for code, record, sha256 in found}

    def living_codes(self) -> set[str]:
        return set()

    def note_seen(self, codes: Sequence[str], now: datetime) -> None:
        """A record says when it was taken over; seeing it again changes nothing."""

    def find_blocked(self, changes: Sequence[SourceChange]) -> Mapping[str, str]:
        open_ones = TemplateVersion.objects.filter(
            template__code__in=[one.code for one in changes], state__in=UNPUBLISHED
        ).values_list("template__code", "number")
        return {
            code: _("phiên bản {number} đang soạn hoặc đang thẩm định").format(number=number)
            for code, number in open_ones
        }

    def write(self, changes: Sequence[SourceChange], *, by: Actor, now: datetime) -> None:
        for change in changes:
            self._draft(change.code, change.after or {}, change.comes, by, now)

    def _draft(self, code: str, record: dict[str, Any], source: str, by: Actor, now: datetime) -> None:
        newest = (
            TemplateVersion.objects.select_related("template")
            .filter(template__code=code)
            .order_by("-number")
            .first()
        )
        content = renew_content(newest, record)
        version = create_draft(code=code, content=content, by=by, now=now, source_sha256=source)
        sync_version_findings(version, find_findings(record))
        if newest is not None:
            carry_answers(newest, version)
        keep_record(code, record, source, by, now)


def renew_content(newest: TemplateVersion | None, record: dict[str, Any]) -> dict[str, Any]:
    """What the record changes, carried into the newest wording that there is."""
    after = to_content(record)
    if newest is None:
        return after
    known = SourceRecord.objects.filter(code=after["code"]).first()
    if known is None:
        return replace_source_parts(newest.content, after)
    return carry_changes(newest.content, before=to_content(known.record), after=after)


def keep_record(code: str, record: dict[str, Any], source: str, by: Actor, now: datetime) -> None:
    SourceRecord.objects.update_or_create(
        code=code, defaults={"record": record, "sha256": source, "taken_at": now, "taken_by": by.name}
    )


register_maker(RECORDS_SCOPE, lambda _: RecordRegister())
