"""What a failure is: one that passes, or one that a person has to see to; in words that quote nobody's data."""

from typing import Any

import psycopg
from psycopg import errors

from tenants.releases.outlasting import Outlasted
from tenants.releases.upgrading import Busy, Drifted

ATTEMPTS = 5
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


def describe(error: BaseException) -> str:
    """SQLSTATE and the names of what it was about. PostgreSQL's own sentence may quote a row, so it is left out."""
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
    return f"{word} (SQLSTATE {error.sqlstate}{_names(error)})"


def _names(error: Any) -> str:
    about = error.diag
    named = {"bảng": about.table_name, "cột": about.column_name, "ràng buộc": about.constraint_name}
    return "".join(f", {what} {name}" for what, name in named.items() if name)
