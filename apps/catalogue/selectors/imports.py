"""Door 1: what imports propose, and what was decided about it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from apps.catalogue.changes import list_changes as list_content_changes
from apps.catalogue.changes import say_change
from apps.catalogue.enums import LIST_SCOPE, RECORDS_SCOPE, ChangeState, SharedList
from apps.catalogue.errors import RunUnknown
from apps.catalogue.models import ImportRun, SourceChange
from apps.catalogue.source_record import to_content
from tenants.registry.context import central_context


@dataclass(frozen=True, slots=True)
class Rule:
    """Which changes of a run: all that is stated must hold. An empty rule says nothing.

    ``only_field``: nothing but this part differs, so that nobody accepts more than was looked at.
    """

    kind: str = ""
    only_field: str = ""
    promulgator: str = ""


@dataclass(frozen=True, slots=True)
class RunView:
    id: int
    scope: str
    file_name: str
    file_sha256: str
    whole: bool
    at: datetime
    by_name: str
    rows: int
    unchanged: int
    held: int
    refused_before: int
    unchecked: str  # the shared list that was not whole, so that nothing could be checked against it
    waiting: int
    counts: tuple[tuple[str, str, int], ...] = ()  # (kind, state, how many); of one run only

    @property
    def unchecked_words(self) -> str:
        """ "" where nothing was left unchecked."""
        if not self.unchecked:
            return ""
        if self.scope == LIST_SCOPE:
            return _(
                "Chưa đối chiếu cơ quan công bố với danh mục “{name}”: danh mục đó chưa được nhập toàn bộ."
            ).format(name=SharedList(self.unchecked).label)
        return _("Chưa đối chiếu mã cấp trên: danh mục “{name}” chưa được nhập toàn bộ.").format(
            name=SharedList(self.unchecked).label
        )


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What the waiting changes of a run can be told apart by, with how many each."""

    kinds: tuple[tuple[str, int], ...]
    only_fields: tuple[tuple[str, int], ...]
    promulgators: tuple[tuple[str, int], ...]


def list_runs(*, before: int | None = None, limit: int = 50) -> list[RunView]:
    """Newest first, a keyset page before run ``before``. One statement."""
    waiting = Count("changes", filter=Q(changes__state=ChangeState.PROPOSED))
    with central_context():
        runs = ImportRun.objects.annotate(waiting=waiting)
        if before is not None:
            runs = runs.filter(id__lt=before)
        return [_view(run, waiting=run.waiting) for run in runs.order_by("-id")[:limit]]


def get_run(run_id: int) -> RunView:
    """With its counts. Two statements. Raises RunUnknown."""
    with central_context():
        run = ImportRun.objects.filter(id=run_id).first()
        if run is None:
            raise RunUnknown
        rows = run.changes.values("kind", "state").annotate(count=Count("id")).order_by("kind", "state")
        counts = tuple((row["kind"], row["state"], row["count"]) for row in rows)
    waiting = sum(count for _, state, count in counts if state == ChangeState.PROPOSED)
    return _view(run, waiting=waiting, counts=counts)


def list_changes(
    *, run_id: int, state: str = "", rule: Rule | None = None, after: int = 0, limit: int = 50
) -> list[SourceChange]:
    """In the order of the file, a keyset page after change ``after``. One statement."""
    with central_context():
        found = SourceChange.objects.filter(run_id=run_id, id__gt=after)
        if state:
            found = found.filter(state=state)
        return list(fitting(found, rule or Rule()).order_by("id")[:limit])


def list_changes_of(code: str, *, limit: int = 50) -> list[SourceChange]:
    """Newest first: all that imports have said of this code."""
    with central_context():
        return list(SourceChange.objects.filter(code=code).order_by("-id")[:limit])


def say_record_change(change: SourceChange) -> list[tuple[str, str, str]]:
    """Of a full record: (what, before, after) in words. Empty where it is not known what stood before."""
    if change.scope != RECORDS_SCOPE or not change.before or not change.after:
        return []
    before, after = to_content(change.before), to_content(change.after)
    return [say_change(one, before, after) for one in list_content_changes(before, after)]


def list_rule_choices(run_id: int) -> RuleChoices:
    """Three statements."""
    with central_context():
        waiting = SourceChange.objects.filter(run_id=run_id, state=ChangeState.PROPOSED)
        single = waiting.filter(fields__len=1).values_list("fields__0")
        return RuleChoices(
            kinds=_counted(waiting.values_list("kind")),
            only_fields=_counted(single),
            promulgators=_counted(waiting.exclude(promulgator="").values_list("promulgator")),
        )


def fitting(changes: QuerySet[SourceChange], rule: Rule) -> QuerySet[SourceChange]:
    if rule.kind:
        changes = changes.filter(kind=rule.kind)
    if rule.only_field:
        changes = changes.filter(fields=[rule.only_field])
    if rule.promulgator:
        changes = changes.filter(promulgator=rule.promulgator)
    return changes


def _counted(values: QuerySet) -> tuple[tuple[str, int], ...]:
    return tuple(values.annotate(count=Count("id")).order_by("-count")[:100])


def _view(run: ImportRun, *, waiting: int, counts: tuple[tuple[str, str, int], ...] = ()) -> RunView:
    return RunView(
        id=run.id,
        scope=run.scope,
        file_name=run.file_name,
        file_sha256=run.file_sha256,
        whole=run.whole,
        at=run.at,
        by_name=run.by_name,
        rows=run.rows,
        unchanged=run.unchanged,
        held=run.held,
        refused_before=run.refused_before,
        unchecked=run.unchecked,
        waiting=waiting,
        counts=counts,
    )
