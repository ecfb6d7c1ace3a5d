"""RunSQL: the one operation that is only text. Strings, comments and bodies of functions are not looked at."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.migrations.state import ProjectState

from tenants.releases.checking.findings import Problem, Rule
from tenants.releases.checking.ground import Ground, is_small

_ASIDE = re.compile(r"--[^\n]*|/\*.*?\*/|(\$\w*\$).*?\1|'(?:[^']|'')*'", re.DOTALL)
_NAME = r"(?P<table>[\w\".]+)"
_ALTER = re.compile(
    rf"\s*ALTER TABLE (?:IF EXISTS )?(?:ONLY )?{_NAME}(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_DROP = re.compile(
    r"\s*DROP (?:TABLE|VIEW|MATERIALIZED VIEW|SEQUENCE) (?:IF EXISTS )?(?P<table>[\w\".]+)", re.IGNORECASE
)
_INDEX = re.compile(
    rf"\s*CREATE (?P<unique>UNIQUE )?INDEX .*? ON (?:ONLY )?{_NAME}",
    re.IGNORECASE | re.DOTALL,
)
_TRIGGER = re.compile(
    rf"\s*CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (?P<name>\S+) .*? ON {_NAME}",
    re.IGNORECASE | re.DOTALL,
)
_ROWS = re.compile(
    r"\s*(?P<verb>UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?) (?:ONLY )?(?P<table>[\w\".]+)", re.IGNORECASE
)
_ACTIONS = (
    (r"\bDROP COLUMN\b|\bDROP (?!CONSTRAINT|DEFAULT|NOT|EXPRESSION|IDENTITY)(?=\w)", "xóa cột"),
    (r"\bRENAME (?!CONSTRAINT)", "đổi tên bảng hoặc cột"),
    (r"\bSET NOT NULL\b", "cột cũ thành bắt buộc"),
    (r"\bALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE\b", "đổi kiểu cột"),
    (r"\bDROP DEFAULT\b", "bỏ mặc định của cột"),
    (r"\bADD (?:CONSTRAINT \S+ )?(?:CHECK|UNIQUE|FOREIGN KEY|EXCLUDE|PRIMARY KEY)\b", "thêm ràng buộc"),
    (r"\bADD (?:COLUMN )?(?!.*\bDEFAULT\b).*\bNOT NULL\b", "thêm cột bắt buộc không có mặc định"),
)


def judge_sql(sql: Any, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    for statement in _statements(sql):
        for judge in (_alter, _drop, _index, _trigger, _rows):
            yield from judge(statement, state, ground)


def _statements(sql: Any) -> Iterator[str]:
    for part in [sql] if isinstance(sql, str) else sql:
        text = part if isinstance(part, str) else part[0]
        for statement in _ASIDE.sub(" '' ", text).split(";"):
            yield re.sub(r"\s+", " ", statement)


def _is_new(table: str, state: ProjectState, ground: Ground) -> bool:
    key = ground.find_by_table(table, state)
    return key is not None and ground.is_new_table(*key)


def _is_small(table: str, state: ProjectState, ground: Ground) -> bool:
    key = ground.find_by_table(table, state)
    return key is not None and is_small(*key)


def _alter(statement: str, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    found = _ALTER.match(statement)
    if found is None or _is_new(found["table"], state, ground):
        return
    for pattern, what in _ACTIONS:
        if re.search(pattern, found["rest"], re.IGNORECASE):
            yield Problem(
                Rule.BREAKS,
                f"SQL {what} ở {found['table']}: phần mềm bản trước còn dùng; chỉ làm với [[contract]]",
            )


def _drop(statement: str, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    found = _DROP.match(statement)
    if found is not None and not _is_new(found["table"], state, ground):
        yield Problem(
            Rule.BREAKS, f"SQL xóa {found['table']} mà phần mềm bản trước còn đọc; chỉ làm với [[contract]]"
        )


def _index(statement: str, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    found = _INDEX.match(statement)
    if found is None or _is_new(found["table"], state, ground):
        return
    if found["unique"]:
        yield Problem(
            Rule.BREAKS, f"chỉ mục duy nhất trên {found['table']}; khai [[contract]] từ bản đã thôi ghi trùng"
        )
    if "CONCURRENTLY" not in statement.upper() and not _is_small(found["table"], state, ground):
        yield Problem(
            Rule.LOCKS,
            f"chỉ mục khóa bảng lớn {found['table']} trong lúc dựng; viết CREATE INDEX CONCURRENTLY IF NOT EXISTS "
            "trong một migration riêng có atomic = False, hoặc ghi bảng vào settings.SMALL_TABLES kèm lý do",
        )


def _trigger(statement: str, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    found = _TRIGGER.match(statement)
    if found is not None and not _is_new(found["table"], state, ground):
        yield Problem(
            Rule.BREAKS,
            f"trigger {found['name']} trên bảng cũ {found['table']} có thể chặn phần mềm bản trước; khai [[contract]]",
        )


def _rows(statement: str, state: ProjectState, ground: Ground) -> Iterator[Problem]:
    found = _ROWS.match(statement)
    if found is None or _is_new(found["table"], state, ground) or _is_small(found["table"], state, ground):
        return
    yield Problem(
        Rule.LOCKS,
        f"{found['verb'].upper()} cả bảng lớn {found['table']} trong một giao dịch; dùng BatchedUpdate",
    )
