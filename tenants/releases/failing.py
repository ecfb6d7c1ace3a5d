"""What a failure is: one that passes, or one that a person has to see to; in words that quote nobody's data."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import errors

from tenants.releases.chain import Compiled
from tenants.releases.outlasting import Outlasted
from tenants.releases.upgrading import Busy, Drifted

ATTEMPTS = 5
_LONGEST_RULE = 300  # characters: the line on the board has room for five hundred
_DELAYS = (0.5, 1.0, 2.0, 4.0)
_PASSING = (
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.QueryCanceled,
    psycopg.OperationalError,  # the connection: lost, refused, the server starting or stopping
    Busy,
    Outlasted,
)
_WORDS: dict[type[BaseException], str] = {
    errors.LockNotAvailable: "bảng đang bị khóa",
    errors.DeadlockDetected: "hai bên chờ khóa của nhau",
    errors.UniqueViolation: "dữ liệu trùng",
    errors.CheckViolation: "dữ liệu trái ràng buộc",
    errors.NotNullViolation: "dữ liệu thiếu giá trị",
    errors.ForeignKeyViolation: "dữ liệu trỏ tới dòng không có",
    errors.DuplicateColumn: "cột đã có sẵn",
    errors.DuplicateTable: "bảng hoặc chỉ mục đã có sẵn",
    errors.DuplicateObject: "đối tượng đã có sẵn",
    errors.UndefinedTable: "thiếu bảng",
    errors.UndefinedColumn: "thiếu cột",
    errors.InsufficientPrivilege: "thiếu quyền",
    errors.DiskFull: "đĩa đầy",
}


def is_passing(error: BaseException) -> bool:
    return isinstance(error, _PASSING)


def delay(attempts: int) -> float:
    """Seconds until the next try after ``attempts`` of them."""
    return _DELAYS[min(attempts, len(_DELAYS)) - 1]


def describe(error: BaseException, chain: Sequence[Compiled]) -> str:
    """SQLSTATE, the names of what it was about, and the rule that was broken, as the releases of ``chain`` have it.

    PostgreSQL's own sentence may quote a row, so it is left out.
    """
    if isinstance(error, Drifted):
        return f"lược đồ lệch: {error}"
    if isinstance(error, Busy):
        return "lược đồ đang bị việc khác giữ (khôi phục, sáp nhập hoặc cập nhật)"
    if isinstance(error, Outlasted):
        return str(error)
    if not isinstance(error, psycopg.Error):
        return type(error).__name__
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return "mất kết nối với cơ sở dữ liệu"
    word = next((said for kind, said in _WORDS.items() if isinstance(error, kind)), type(error).__name__)
    rule = _find_rule(error.diag, chain)
    return f"{word} (SQLSTATE {error.sqlstate}{_names(error)})" + (f"; quy tắc: {rule}" if rule else "")


def _names(error: Any) -> str:
    about = error.diag
    named = {"bảng": about.table_name, "cột": about.column_name, "ràng buộc": about.constraint_name}
    return "".join(f", {what} {name}" for what, name in named.items() if name)


def _find_rule(about: Any, chain: Sequence[Compiled]) -> str:
    """What a person looks for the rows with. Whose transaction was rolled back has no such constraint any more."""
    if not about.constraint_name:
        return ""
    wanted = ("constraint", f"{about.table_name}.{about.constraint_name}"), ("index", about.constraint_name)
    for release in reversed(chain):
        for piece in release.shape:
            if (piece.kind, piece.name) in wanted:
                return piece.text if len(piece.text) <= _LONGEST_RULE else f"{piece.text[:_LONGEST_RULE]} …"
    return ""
