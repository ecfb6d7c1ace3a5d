"""The register of the national list: how its rows stand, and how accepted changes are written."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from apps.catalogue.enums import LIST_SCOPE, ChangeKind, FindingKind, FindingState, VersionState, severity_of
from apps.catalogue.mistyping import words_of
from apps.catalogue.models import (
    ImportFinding,
    SourceChange,
    SourceProcedure,
    SourceWord,
    TemplateVersion,
)
from apps.catalogue.services.registers import RETIRED, Standing, register_maker
from apps.catalogue.source_list import COLUMNS
from kernel.actors import Actor
from kernel.vietnamese import fold

_OWN = ("sha256", "retired_at")
_WRITTEN = [
    *(name for name in COLUMNS if name != "code"),
    "search",
    "words",
    "sha256",
    "changed_at",
    "last_seen_at",
    "retired_at",
]


class ListRegister:
    scope = LIST_SCOPE

    def standing(self, codes: Sequence[str]) -> dict[str, Standing]:
        found = SourceProcedure.objects.filter(code__in=codes).values(*COLUMNS, *_OWN)
        return {row["code"]: _standing(dict(row)) for row in found}

    def living_codes(self) -> set[str]:
        return set(SourceProcedure.objects.filter(retired_at=None).values_list("code", flat=True))

    def note_seen(self, codes: Sequence[str], now: datetime) -> None:
        SourceProcedure.objects.filter(code__in=codes).update(last_seen_at=now)

    def find_blocked(self, changes: Sequence[SourceChange]) -> Mapping[str, str]:
        return {}

    def write(self, changes: Sequence[SourceChange], *, by: Actor, now: datetime) -> None:
        rows = [_row(one, now) for one in changes if one.kind != ChangeKind.RETIRED]
        SourceWord.objects.bulk_create(
            [SourceWord(word=word) for word in sorted({word for row in rows for word in row.words})],
            ignore_conflicts=True,
        )
        SourceProcedure.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=_WRITTEN,
        )
        going = [one for one in changes if one.kind == ChangeKind.RETIRED]
        SourceProcedure.objects.filter(code__in=[one.code for one in going]).update(
            retired_at=now, changed_at=now
        )
        _ask_about_templates(going)


def _ask_about_templates(going: Sequence[SourceChange]) -> None:
    """What the nation has retired and we still publish: a person decides, nothing is retired by itself."""
    promulgators = {one.code: one.promulgator for one in going}
    published = TemplateVersion.objects.filter(
        template__code__in=promulgators, state=VersionState.PUBLISHED
    ).values_list("template__code", "number")
    numbers = dict(published.order_by("number"))
    asked = ImportFinding.objects.filter(
        version=None, scope=LIST_SCOPE, kind=FindingKind.SOURCE_RETIRED, code__in=numbers
    )
    before = set(asked.values_list("code", flat=True))
    asked.update(state=FindingState.OPEN, confirmed_at=None, confirmed_by="", note="")
    ImportFinding.objects.bulk_create(
        ImportFinding(
            scope=LIST_SCOPE,
            code=code,
            promulgator=promulgators[code],
            kind=FindingKind.SOURCE_RETIRED,
            severity=severity_of(FindingKind.SOURCE_RETIRED),
            place="code",
            seen={"number": number},
        )
        for code, number in numbers.items()
        if code not in before
    )


def _standing(row: dict) -> Standing:
    sha256, retired_at = row.pop("sha256"), row.pop("retired_at")
    return Standing(row, f"{RETIRED}{sha256}" if retired_at else sha256)


def _row(change: SourceChange, now: datetime) -> SourceProcedure:
    row = change.after or {}
    search = fold(f"{row['code']} {row['name']}")
    return SourceProcedure(
        **row,
        search=search,
        words=words_of(search),
        sha256=change.comes,
        first_seen_at=now,
        changed_at=now,
        last_seen_at=now,
    )


register_maker(LIST_SCOPE, lambda _: ListRegister())
