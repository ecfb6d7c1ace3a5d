"""The register of one shared list of codes: an acceptance is a version of the list, and no row is rewritten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from apps.catalogue.enums import ChangeKind, FindingKind, FindingState, Severity, scope_of
from apps.catalogue.models import Code, CodeList, CodeListVersion, ImportFinding, SourceChange
from apps.catalogue.services.registers import Standing, register_maker
from kernel.actors import Actor
from kernel.vietnamese import fold


class CodeRegister:
    def __init__(self, key: str) -> None:
        self.scope, self._key = scope_of(key), key

    def standing(self, codes: Sequence[str]) -> dict[str, Standing]:
        return {row.code: Standing(to_row(row), row.sha256) for row in self._living().filter(code__in=codes)}

    def living_codes(self) -> set[str]:
        return set(self._living().values_list("code", flat=True))

    def note_seen(self, codes: Sequence[str], now: datetime) -> None:
        """A code says since which version it stands; seeing it again changes nothing."""

    def find_blocked(self, changes: Sequence[SourceChange]) -> Mapping[str, str]:
        """A code that contradicts the list is not taken into it as long as nobody has answered that."""
        found = ImportFinding.objects.filter(
            version=None,
            scope=self.scope,
            code__in=[one.code for one in changes if one.kind != ChangeKind.RETIRED],
            state=FindingState.OPEN,
            severity=Severity.BLOCKING,
        ).values_list("code", "kind")
        return {code: str(FindingKind(kind).label) for code, kind in found}

    def write(self, changes: Sequence[SourceChange], *, by: Actor, now: datetime) -> None:
        if not changes:
            return
        codes = CodeList.objects.select_for_update(of=("self",)).get(key=self._key)
        number = self._open_version(codes, len(changes), by, now)
        self._living().filter(code__in=[one.code for one in changes]).update(until_version=number)
        Code.objects.bulk_create(_row(codes, one, number) for one in changes if one.after is not None)

    def _open_version(self, codes: CodeList, changes: int, by: Actor, now: datetime) -> int:
        """One a decision: a great one comes in batches of the same moment."""
        newest = codes.versions.order_by("-number").first()
        if newest is not None and (newest.at, newest.by_name) == (now, by.name):
            newest.changes += changes
            newest.save(update_fields=["changes"])
            return newest.number
        number = newest.number + 1 if newest else 1
        CodeListVersion.objects.create(list=codes, number=number, at=now, by_name=by.name, changes=changes)
        return number

    def _living(self):
        return Code.objects.filter(list__key=self._key, until_version=None)


def to_row(code: Code) -> dict[str, str]:
    return {
        "code": code.code,
        "name": code.name,
        "parent": code.parent,
        "valid_from": code.valid_from.isoformat() if code.valid_from else "",
        "valid_to": code.valid_to.isoformat() if code.valid_to else "",
        "successor": code.successor,
    }


def _row(codes: CodeList, change: SourceChange, number: int) -> Code:
    row = change.after or {}
    return Code(
        list=codes,
        code=row["code"],
        name=row["name"],
        search=fold(f"{row['code']} {row['name']}"),
        parent=row["parent"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        successor=row["successor"],
        sha256=change.comes,
        since_version=number,
    )


register_maker("CODES", CodeRegister)
