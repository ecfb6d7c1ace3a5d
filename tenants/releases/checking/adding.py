"""New columns, indexes and constraints on a table that old code fills."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from tenants.releases.checking.conditions import can_hold, can_refuse, is_looser
from tenants.releases.checking.findings import Problem, Rule
from tenants.releases.checking.ground import Ground, is_small, left_by_old_code


def judge_new_column(made: Any, app: str, model: str, name: str) -> Iterator[Problem]:
    if made.many_to_many:
        return  # a table of its own, which old code does not know
    where = f"{app}.{model}.{name}"
    if getattr(made, "generated", False):
        if not is_small(app, model):
            yield Problem(
                Rule.LOCKS,
                f"cột tính sẵn {where} viết lại cả bảng lớn; thêm cột thường rồi điền bằng BatchedUpdate",
            )
        return
    if not made.null and made.db_default is models.NOT_PROVIDED:
        yield Problem(
            Rule.BREAKS,
            f"cột {where} bắt buộc mà cơ sở dữ liệu không có mặc định, nên phần mềm bản trước không thêm dòng được; "
            "thêm db_default=… (mặc định của Django không ở lại trong cơ sở dữ liệu) hoặc null=True",
        )
    elif callable(getattr(made.db_default, "resolve_expression", None)) and made.unique:
        yield Problem(Rule.BREAKS, f"cột {where} vừa duy nhất vừa có mặc định; để null=True")
    if (made.unique or made.db_index) and not is_small(app, model):
        yield _slow_index(app, model, name)


def judge_index(app: str, model: str, name: str) -> Iterator[Problem]:
    if not is_small(app, model):
        yield _slow_index(app, model, name)


def _slow_index(app: str, model: str, name: str) -> Problem:
    return Problem(
        Rule.LOCKS,
        f"chỉ mục {name} khóa bảng lớn {app}.{model} trong lúc dựng; dùng AddIndexConcurrently trong một migration "
        "riêng có atomic = False (khóa ngoại: db_index=False trước), hoặc ghi bảng vào settings.SMALL_TABLES kèm lý do",
    )


def judge_constraint(
    constraint: models.BaseConstraint, app: str, model: str, ground: Ground
) -> Iterator[Problem]:
    left = {}
    for name, made in ground.new_columns(app, model).items():
        known, value = left_by_old_code(made)
        if known:
            left[name] = value
    if isinstance(constraint, models.CheckConstraint):
        if can_refuse(constraint.condition, left) and not _loosens(constraint, app, model, ground):
            yield Problem(
                Rule.BREAKS,
                f"ràng buộc CHECK {constraint.name} trên {app}.{model} có thể chặn dòng cũ hoặc phần mềm bản trước; "
                "kiểm tra dữ liệu và khai [[contract]] từ bản đã thôi ghi trái",
            )
        return
    if not _spares_old_rows(constraint, left):
        yield Problem(
            Rule.BREAKS,
            f"ràng buộc duy nhất {constraint.name} trên {app}.{model} có thể chặn dòng cũ hoặc phần mềm bản trước; "
            "kiểm tra dữ liệu và khai [[contract]] từ bản đã thôi ghi trùng",
        )
    if not is_small(app, model):
        yield _slow_index(app, model, constraint.name)


def _loosens(constraint: models.CheckConstraint, app: str, model: str, ground: Ground) -> bool:
    """The same name as at the release before, with more values allowed."""
    was = ground.before.models.get((app, model.lower()))
    return was is not None and any(
        isinstance(old, models.CheckConstraint)
        and old.name == constraint.name
        and is_looser(constraint.condition, old.condition)
        for old in was.options.get("constraints", ())
    )


def _spares_old_rows(constraint: models.BaseConstraint, left: dict[str, Any]) -> bool:
    """Rows of old code stay outside: by the condition, or because a new column is null in them."""
    condition = getattr(constraint, "condition", None)
    if condition is not None and not can_hold(condition, left):
        return True
    if isinstance(constraint, ExclusionConstraint):
        names = [str(expression) for expression, _operator in constraint.expressions]
    else:
        names = list(getattr(constraint, "fields", ()))
    distinct = getattr(constraint, "nulls_distinct", None) is not False
    return distinct and any(name in left and left[name] is None for name in names)
