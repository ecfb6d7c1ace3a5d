"""A column that old code knows, changed."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations.state import ProjectState

from tenants.releases.checking.columns import check_of, is_narrower, is_rewritten, type_of
from tenants.releases.checking.findings import Problem, Rule
from tenants.releases.checking.ground import is_small


def judge_alter_field(was: Any, now: Any, app: str, model: str, name: str) -> Iterator[Problem]:
    """``was`` and ``now`` are fields of rendered models, so that foreign keys know their types."""
    where = f"{app}.{model}.{name}"
    if not was.concrete and not now.concrete:
        return
    if was.column != now.column:
        yield Problem(
            Rule.BREAKS,
            f"đổi tên cột {where}: {was.column} thành {now.column}; giữ db_column = “{was.column}”",
        )
    yield from _emptiness(was, now, where)
    yield from _type(was, now, app, model, where)
    yield from _walls(was, now, app, model, where)


def _emptiness(was: Any, now: Any, where: str) -> Iterator[Problem]:
    if was.null and not now.null:
        yield Problem(
            Rule.BREAKS,
            f"cột {where} từ được trống thành bắt buộc: dòng cũ và phần mềm bản trước còn để trống; "
            "điền bằng BatchedUpdate, rồi mới bắt buộc ở bản sau với [[contract]]",
        )
    elif not now.null and was.db_default is not models.NOT_PROVIDED and now.db_default is models.NOT_PROVIDED:
        yield Problem(
            Rule.BREAKS,
            f"cột bắt buộc {where} mất mặc định trong cơ sở dữ liệu mà phần mềm bản trước dựa vào; giữ lại",
        )


def _type(was: Any, now: Any, app: str, model: str, where: str) -> Iterator[Problem]:
    old, new = type_of(was), type_of(now)
    if is_narrower(old, new):
        yield Problem(
            Rule.BREAKS,
            f"kiểu của cột {where} hẹp lại hoặc thành kiểu khác ({old} → {new}); thêm cột mới, điền dần, rồi bỏ cột cũ",
        )
    elif old != new and is_rewritten(old, new) and not is_small(app, model):
        yield Problem(
            Rule.LOCKS,
            f"đổi kiểu cột {where} ({old} → {new}) viết lại cả bảng lớn; thêm cột mới, điền bằng BatchedUpdate",
        )


def _walls(was: Any, now: Any, app: str, model: str, where: str) -> Iterator[Problem]:
    if (check := check_of(now)) and check != check_of(was):
        yield Problem(
            Rule.BREAKS, f"cột {where} có thêm ràng buộc CHECK; khai [[contract]] từ bản đã thôi ghi trái"
        )
    if _target(now) and _target(now) != _target(was):
        yield Problem(
            Rule.BREAKS,
            f"cột {where} thành khóa ngoại tới {_target(now)}; khai [[contract]] từ bản đã thôi ghi trái",
        )
    if now.unique and not was.unique:
        yield Problem(Rule.BREAKS, f"cột {where} thành duy nhất; khai [[contract]] từ bản đã thôi ghi trùng")
    gains_index = (now.unique and not was.unique) or (now.db_index and not (was.db_index or was.unique))
    if gains_index and not is_small(app, model):
        yield Problem(
            Rule.LOCKS,
            f"chỉ mục của {where} khóa bảng lớn trong lúc dựng; dùng AddIndexConcurrently trong một migration riêng, "
            "hoặc ghi bảng vào settings.SMALL_TABLES kèm lý do",
        )


def _target(made: Any) -> str | None:
    """The table and column that a foreign key of the database points to."""
    if not made.is_relation or not getattr(made, "db_constraint", False):
        return None
    return f"{made.related_model._meta.db_table}.{made.target_field.column}"


def judge_together(operation: Any, app: str, before: ProjectState, after: ProjectState) -> Iterator[Problem]:
    option = operation.option_name
    was, now = (
        {tuple(names) for names in state.models[app, operation.name_lower].options.get(option) or ()}
        for state in (before, after)
    )
    for names in sorted(now - was):
        what = f"{app}.{operation.name_lower} ({', '.join(names)})"
        if option == "unique_together":
            yield Problem(Rule.BREAKS, f"{what} thành duy nhất; khai [[contract]] từ bản đã thôi ghi trùng")
        if not is_small(app, operation.name_lower):
            yield Problem(
                Rule.LOCKS, f"chỉ mục của {what} khóa bảng lớn trong lúc dựng; dùng AddIndexConcurrently"
            )
