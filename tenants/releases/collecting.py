"""From a migration to SQL that can be replayed in every schema, or the reason why it cannot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.translation import gettext as _

from tenants.registry.postgresql.typed import connection
from tenants.releases.enums import StepKind
from tenants.releases.operations import BatchedUpdate

_CONCURRENT = (postgres.AddIndexConcurrently, postgres.RemoveIndexConcurrently)
_OURS = (
    "django.db.migrations.operations",
    "django.contrib.postgres.operations",
    "django.contrib.postgres.constraints",
)


class NotReplayable(Exception):
    """Why a migration cannot be compiled; the message names it."""


@dataclass(frozen=True, slots=True)
class Piece:
    kind: StepKind
    sql: str


def collect(migration: Migration, state: ProjectState) -> list[Piece]:
    """The steps of one migration, from a connection whose schema stands right before it. ``state`` is left alone.

    Raises NotReplayable.
    """
    where = f"{migration.app_label}.{migration.name}"
    reasons = list(_reasons(migration.operations))
    if reasons:
        raise NotReplayable(f"{where}: {'; '.join(reasons)}")
    kind = _kind(migration, where)
    if kind is StepKind.BACKFILL:
        return [Piece(kind, operation.sql) for operation in migration.operations]  # type: ignore[attr-defined]
    first, second = (list(_statements(migration, state.clone())) for _ in range(2))
    if first != second:
        raise NotReplayable(_("{where}: mỗi lần sinh lại ra câu SQL khác").format(where=where))
    if kind is StepKind.CONCURRENT_INDEX:
        return [Piece(kind, sql) for sql in first]
    return [Piece(kind, "\n".join(first))]


def list_reasons(migration: Migration) -> list[tuple[int, str]]:
    """(index of the operation, why it cannot be replayed): what is known of it without a database."""
    found = [
        (index, reason)
        for index, operation in enumerate(migration.operations)
        for reason in _reasons([operation])
    ]
    if not found:
        try:
            _kind(migration, f"{migration.app_label}.{migration.name}")
        except NotReplayable as reason:
            return [(0, str(reason))]
    return found


def _kind(migration: Migration, where: str) -> StepKind:
    kinds = {_kind_of(operation) for operation in migration.operations} or {StepKind.TRANSACTION}
    if len(kinds) > 1:
        raise NotReplayable(
            _(
                "{where}: chỉ mục dựng song song và điền dữ liệu theo lô phải đứng riêng trong migration của mình"
            ).format(where=where)
        )
    (kind,) = kinds
    if kind is StepKind.TRANSACTION and not migration.atomic:
        raise NotReplayable(
            _(
                "{where}: chỉ chỉ mục dựng song song và điền dữ liệu theo lô mới được chạy ngoài giao dịch"
            ).format(where=where)
        )
    return kind


def _kind_of(operation: Operation) -> StepKind:
    if isinstance(operation, BatchedUpdate):
        return StepKind.BACKFILL
    if isinstance(operation, _CONCURRENT):
        return StepKind.CONCURRENT_INDEX
    if isinstance(operation, operations.RunSQL) and "CONCURRENTLY" in str(operation.sql).upper():
        return StepKind.CONCURRENT_INDEX
    return StepKind.TRANSACTION


def _reasons(listed: Iterable[Operation]) -> Iterator[str]:
    for operation in _flat(listed):
        name = type(operation).__name__
        if isinstance(operation, operations.RunPython):
            yield _("RunPython không phát lại được ở từng lược đồ; hãy viết thành BatchedUpdate")
        elif not isinstance(operation, BatchedUpdate) and not type(operation).__module__.startswith(_OURS):
            yield _("chưa biết {name} có phát lại được không").format(name=name)
        elif isinstance(operation, operations.AddField) and _changes_each_time(operation.field):
            yield _("{field} có giá trị mặc định được tính, mỗi lần chạy một khác").format(
                field=f"{operation.model_name}.{operation.name}"
            )
        elif isinstance(operation, operations.RunSQL) and not isinstance(operation.sql, str):
            yield _("RunSQL có tham số hoặc là danh sách; hãy viết thành một đoạn văn bản")


def _flat(listed: Any) -> Iterator[Operation]:
    for operation in listed:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _changes_each_time(field: "models.Field[Any, Any]") -> bool:
    if not callable(field.default) or field.default in (models.NOT_PROVIDED, dict, list, tuple, str):
        return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
    return True


def _statements(migration: Migration, state: ProjectState) -> Iterator[str]:
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    for statement in editor.collected_sql:
        text = "\n".join(
            line for line in statement.splitlines() if line.strip() and not line.startswith("-- ")
        )
        if text.strip(" -\n"):
            yield text
