"""Door 2, its middle: what a file says against what the register holds. Writes proposals, never the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from apps.catalogue.content import content_sha256
from apps.catalogue.enums import ChangeKind, ChangeState, FindingKind, FindingState
from apps.catalogue.models import ImportFinding, ImportRun, SourceChange
from apps.catalogue.services.finding_sync import sync_row_findings
from apps.catalogue.services.registers import Register, Standing, lock_scope
from apps.catalogue.source_findings import Finding
from kernel.actors import Actor
from kernel.ids import uuid7

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file says of one code. Without a row: it says two things, so nothing can be proposed."""

    code: str
    name: str
    promulgator: str
    row: dict[str, Any] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    name: str
    sha256: str


class Comparison:
    """One run. ``again`` proposes what a steward has rejected before, too."""

    def __init__(
        self,
        register: Register,
        *,
        file: FileFacts,
        whole: bool,
        by: Actor,
        now: datetime,
        again: bool = False,
    ) -> None:
        lock_scope(register.scope)
        self._register, self._again, self._now = register, again, now
        self._seen: set[str] = set()
        self.run = ImportRun.objects.create(
            public_id=uuid7(),
            scope=register.scope,
            file_name=file.name[:250],
            file_sha256=file.sha256,
            whole=whole,
            at=now,
            by_name=by.name,
        )
        if whole:
            self._waiting().update(state=ChangeState.SUPERSEDED)

    def take(self, seen: Sequence[Seen], *, rows: int) -> list[str]:
        """A batch. ``rows``: how many rows of the file they were. What became of each:

        PROPOSED, UNCHANGED, HELD, or REFUSED because this very change was rejected before.
        """
        codes = [one.code for one in seen]
        self._seen.update(codes)
        self.run.rows += rows
        if not self.run.whole:
            self._waiting().filter(code__in=codes).update(state=ChangeState.SUPERSEDED)
        standing, rejected = self._register.standing(codes), self._rejected(codes)
        outcomes, changes = [], []
        for one in seen:
            outcome = self._judge(one, standing.get(one.code), rejected)
            outcomes.append(outcome)
            if outcome == "PROPOSED":
                changes.append(self._propose(one, standing.get(one.code)))
        self._count(outcomes)
        SourceChange.objects.bulk_create(changes, batch_size=BATCH)
        self._register.note_seen([one.code for one in seen if one.code in standing], self._now)
        sync_row_findings(self.run.scope, {one.code: (one.promulgator, one.findings) for one in seen})
        return outcomes

    def note_unchanged(self) -> None:
        self.run.rows += 1
        self.run.unchanged += 1

    def note_taken(self, one: Seen, *, kind: ChangeKind, by: Actor, reason: str) -> None:
        """What needs no steward, because it is in effect for nobody yet: it stands among the changes all the same."""
        self.run.rows += 1
        self._waiting().filter(code=one.code).update(state=ChangeState.SUPERSEDED)
        change = self._propose(one, self._register.standing([one.code]).get(one.code))
        change.kind, change.state, change.reason = kind, ChangeState.ACCEPTED, reason
        change.decided_at, change.decided_by = self._now, by.name
        change.save()

    def finish(self) -> ImportRun:
        """Of a whole list: what the register has and the file has not is to be retired."""
        if self.run.whole:
            self._retire(sorted(self._register.living_codes() - self._seen))
            self._end_findings()
        self.run.save()
        return self.run

    def _waiting(self) -> Any:
        return SourceChange.objects.filter(scope=self.run.scope, state=ChangeState.PROPOSED)

    def _rejected(self, codes: Sequence[str]) -> set[tuple[str, str, str]]:
        if self._again:
            return set()
        found = SourceChange.objects.filter(
            scope=self.run.scope, code__in=codes, state=ChangeState.REJECTED
        ).values_list("code", "stood", "comes")
        return set(found)

    def _judge(self, one: Seen, stood: Standing | None, rejected: set[tuple[str, str, str]]) -> str:
        if one.row is None:
            return "HELD"
        before, comes = stood.fingerprint if stood else "", content_sha256(one.row)
        if before == comes:
            return "UNCHANGED"
        return "REFUSED" if (one.code, before, comes) in rejected else "PROPOSED"

    def _count(self, outcomes: Sequence[str]) -> None:
        self.run.held += outcomes.count("HELD")
        self.run.unchanged += outcomes.count("UNCHANGED")
        self.run.refused_before += outcomes.count("REFUSED")

    def _propose(self, one: Seen, stood: Standing | None) -> SourceChange:
        row = one.row or {}
        kind = ChangeKind.NEW if stood is None else ChangeKind.CHANGED
        if stood is not None and stood.retired:
            kind = ChangeKind.RETURNED
        return SourceChange(
            run=self.run,
            scope=self.run.scope,
            kind=kind,
            code=one.code,
            name=one.name,
            promulgator=one.promulgator[:250],
            fields=list_differing(stood.row, row) if stood else [],
            before=stood.row if stood else None,
            after=row,
            stood=stood.fingerprint if stood else "",
            comes=content_sha256(row),
        )

    def _retire(self, codes: list[str]) -> None:
        for start in range(0, len(codes), BATCH):
            batch = codes[start : start + BATCH]
            standing, rejected = self._register.standing(batch), self._rejected(batch)
            going = []
            for code in batch:
                stood = standing[code]
                if (code, stood.fingerprint, "") in rejected:
                    self.run.refused_before += 1
                    continue
                going.append(
                    SourceChange(
                        run=self.run,
                        scope=self.run.scope,
                        kind=ChangeKind.RETIRED,
                        code=code,
                        name=stood.row.get("name", ""),
                        promulgator=str(stood.row.get("promulgator", ""))[:250],
                        before=stood.row,
                        stood=stood.fingerprint,
                    )
                )
            SourceChange.objects.bulk_create(going)

    def _end_findings(self) -> None:
        """What was found in rows that are gone is no question any more, but that they are gone."""
        standing = ImportFinding.objects.filter(version=None, scope=self.run.scope).exclude(
            Q(state=FindingState.GONE) | Q(kind=FindingKind.SOURCE_RETIRED)
        )
        gone = [pk for pk, code in standing.values_list("id", "code") if code not in self._seen]
        ImportFinding.objects.filter(id__in=gone).update(
            state=FindingState.GONE, confirmed_at=None, confirmed_by=""
        )


def list_differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the parts that differ, in the order of the file."""
    return [name for name in dict.fromkeys((*after, *before)) if before.get(name) != after.get(name)]
