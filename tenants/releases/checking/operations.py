"""The judgement of one operation, by the models before and after it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db.migrations import operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tenants.releases.checking.adding import judge_constraint, judge_index, judge_new_column
from tenants.releases.checking.altering import judge_alter_field, judge_together
from tenants.releases.checking.findings import Problem, Rule
from tenants.releases.checking.ground import Ground, table_of
from tenants.releases.checking.texts import judge_sql

Judged = Iterator[Problem]


def judge(
    operation: Operation, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    """``before`` and ``after`` are the states around the operation; ``ground`` learns what it gives birth to."""
    if isinstance(operation, operations.SeparateDatabaseAndState):
        yield from _apart(operation, app, before, ground)
        return
    found = _JUDGES.get(type(operation))
    if found is not None:
        yield from found(operation, app, before, after, ground)


def _apart(operation: Any, app: str, before: ProjectState, ground: Ground) -> Judged:
    """Only what is done to the database counts; it moves through states of its own."""
    state = before.clone()
    for inner in operation.database_operations:
        was = state.clone()
        inner.state_forwards(app, state)
        yield from judge(inner, app, was, state, ground)


def _create_model(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    ground.tables.add((app, operation.name_lower))
    yield from ()


def _delete_model(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    model = before.models[app, operation.name_lower]
    stands = model.options.get("managed", True) and not model.options.get("proxy")
    if stands and not ground.is_new_table(app, operation.name):
        yield Problem(
            Rule.BREAKS,
            f"xóa bảng {table_of(model)} mà phần mềm bản trước còn đọc; để lại, rồi xóa ở bản sau nữa với [[contract]]",
        )


def _rename_table(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    old = getattr(operation, "old_name", None) or operation.name
    new = getattr(operation, "new_name", None) or operation.name
    was, now = table_of(before.models[app, old.lower()]), table_of(after.models[app, new.lower()])
    if ground.is_new_table(app, old):
        ground.tables.add((app, new.lower()))
    elif was != now:
        yield Problem(
            Rule.BREAKS,
            f"đổi tên bảng {was} thành {now}; giữ tên cũ bằng db_table = “{was}” trong Meta của mô hình",
        )


def _remove_field(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    model, name = operation.model_name_lower, operation.name
    if ground.is_new_table(app, model) or ground.is_new_column(app, model, name):
        ground.columns.pop((app, model, name), None)
        return
    yield Problem(
        Rule.BREAKS,
        f"xóa cột {app}.{model}.{name} mà phần mềm bản trước còn đọc; "
        "bỏ chỗ dùng ở bản này, xóa cột ở bản sau với [[contract]]",
    )


def _rename_field(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    model, old, new = operation.model_name_lower, operation.old_name, operation.new_name
    if ground.is_new_table(app, model):
        return
    if ground.is_new_column(app, model, old):
        ground.columns[app, model, new] = ground.columns.pop((app, model, old))
        return
    was, now = _column(before, app, model, old), _column(after, app, model, new)
    if was != now:
        yield Problem(
            Rule.BREAKS,
            f"đổi tên cột {app}.{model}.{was} thành {now}; giữ tên cũ bằng db_column = “{was}”, "
            "hoặc thêm cột mới rồi điền dần",
        )


def _column(state: ProjectState, app: str, model: str, name: str) -> str:
    return str(state.apps.get_model(app, model)._meta.get_field(name).column)


def _add_field(operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground) -> Judged:
    model = operation.model_name_lower
    if not ground.is_new_table(app, model):
        ground.columns[app, model, operation.name] = operation.field
        yield from judge_new_column(operation.field, app, model, operation.name)


def _alter_field(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    model = operation.model_name_lower
    if ground.is_new_table(app, model):
        return
    was, now = (
        state.clone().apps.get_model(app, model)._meta.get_field(operation.name) for state in (before, after)
    )
    if ground.is_new_column(app, model, operation.name):
        ground.columns[app, model, operation.name] = now
        yield from judge_new_column(now, app, model, operation.name)
    else:
        yield from judge_alter_field(was, now, app, model, operation.name)


def _add_index(operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground) -> Judged:
    if not ground.is_new_table(app, operation.model_name):
        yield from judge_index(app, operation.model_name, operation.index.name)


def _add_constraint(
    operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground
) -> Judged:
    if not ground.is_new_table(app, operation.model_name):
        yield from judge_constraint(operation.constraint, app, operation.model_name, ground)


def _together(operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground) -> Judged:
    if not ground.is_new_table(app, operation.name):
        yield from judge_together(operation, app, before, after)


def _run_sql(operation: Any, app: str, before: ProjectState, after: ProjectState, ground: Ground) -> Judged:
    yield from judge_sql(operation.sql, before, ground)


_JUDGES: dict[type, Callable[..., Judged]] = {
    operations.CreateModel: _create_model,
    operations.DeleteModel: _delete_model,
    operations.RenameModel: _rename_table,
    operations.AlterModelTable: _rename_table,
    operations.RemoveField: _remove_field,
    operations.RenameField: _rename_field,
    operations.AddField: _add_field,
    operations.AlterField: _alter_field,
    operations.AddIndex: _add_index,
    operations.AddConstraint: _add_constraint,
    postgres.AddConstraintNotValid: _add_constraint,
    operations.AlterUniqueTogether: _together,
    operations.AlterIndexTogether: _together,
    operations.RunSQL: _run_sql,
}
