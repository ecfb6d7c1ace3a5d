"""The SQL that would bring a schema back to its release: shown to a person, never run from here.

What would lose data or may fail on it is written as a comment. Objects are named
without a schema: the search_path stands in the first line.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from tenants.provisioning.shape import Piece
from tenants.releases.differences import Difference, How, ObjectKind, table_of_index

_COLUMN = re.compile(
    r"(?P<type>.+?)(?P<required> NOT NULL)?(?: DEFAULT (?P<default>.+?))?"
    r"(?P<identity> GENERATED (?:BY DEFAULT|ALWAYS) AS IDENTITY)?(?: GENERATED (?P<stored>[sv]))?"
    r"(?: COLLATE (?P<collation>\S+))?",
    re.DOTALL,
)
_STATE = re.compile(r" (D|R|A)$")  # of a trigger that is not enabled in the usual way


def repair(differences: Iterable[Difference], shape: Iterable[Piece]) -> list[str]:
    """Statements in the order in which they can be run. ``shape``: what the release makes."""
    pieces = [Piece._make(piece) for piece in shape]
    return [statement for one in differences for statement in _REPAIRS[one.kind](one, pieces)]


def _commented(text: str) -> str:
    return "\n".join(f"-- {line}" for line in text.splitlines())


def _table(one: Difference, shape: list[Piece]) -> Iterator[str]:
    if one.how is How.EXTRA:
        yield _commented(f"DROP TABLE {one.name};")
    elif one.how is How.DIFFERENT:
        yield _commented(f"bảng {one.name}: phải là “{one.expected}”, đang là “{one.found}”; sửa bằng tay")
    else:
        columns = [
            piece for piece in shape if piece.kind == "column" and piece.name.startswith(f"{one.name}.")
        ]
        written = ",\n    ".join(_definition(piece.name.rpartition(".")[2], piece.text) for piece in columns)
        yield f"CREATE TABLE {one.name} (\n    {written}\n);"
        yield from _of_new_table(one.name, shape)


def _of_new_table(table: str, shape: list[Piece]) -> Iterator[str]:
    constraints = {
        piece.name.rpartition(".")[2]: piece.text for piece in shape if _is_of(piece, table, "constraint")
    }
    for name, text in sorted(constraints.items(), key=lambda pair: _rank(pair[1])):
        yield f"ALTER TABLE {table} ADD CONSTRAINT {name} {text};"
    for piece in shape:
        if piece.kind == "index" and table_of_index(piece.text) == table and piece.name not in constraints:
            yield f"{piece.text};"
        elif _is_of(piece, table, "trigger"):
            yield f"{_STATE.sub('', piece.text)};"


def _is_of(piece: Piece, table: str, kind: str) -> bool:
    return piece.kind == kind and piece.name.partition(".")[0] == table


def _rank(constraint: str) -> int:
    """Keys before what refers to them."""
    return 1 if constraint.startswith("FOREIGN KEY") else 0


def _definition(name: str, text: str) -> str:
    found = _COLUMN.fullmatch(text)
    assert found is not None  # noqa: S101 - .+? takes whatever is left
    parts = [name, found["type"]]
    if found["collation"]:
        parts.append(f"COLLATE {found['collation']}")
    if found["stored"]:
        how = "STORED" if found["stored"] == "s" else "VIRTUAL"
        parts.append(f"GENERATED ALWAYS AS ({found['default']}) {how}")
    elif found["default"]:
        parts.append(f"DEFAULT {found['default']}")
    if found["identity"]:
        parts.append(found["identity"].strip())
    if found["required"]:
        parts.append("NOT NULL")
    return " ".join(parts)


def _column(one: Difference, shape: list[Piece]) -> Iterator[str]:
    if one.how is How.EXTRA:
        yield _commented(f"ALTER TABLE {one.table} DROP COLUMN {one.short_name};")
    elif one.how is How.MISSING:
        if " NOT NULL" in one.expected and " DEFAULT " not in one.expected and "IDENTITY" not in one.expected:
            yield _commented(
                "Bảng có dòng thì lệnh sau bị từ chối: thêm cột không NOT NULL, điền từ bản lưu, rồi SET NOT NULL."
            )
        yield f"ALTER TABLE {one.table} ADD COLUMN {_definition(one.short_name, one.expected)};"
    else:
        yield from _changed_column(one)


def _changed_column(one: Difference) -> Iterator[str]:
    wanted, there = _COLUMN.fullmatch(one.expected), _COLUMN.fullmatch(one.found)
    assert wanted is not None and there is not None  # noqa: S101, PT018
    alter = f"ALTER TABLE {one.table} ALTER COLUMN {one.short_name}"
    if any(wanted[part] != there[part] for part in ("type", "collation", "identity", "stored")):
        target = wanted["type"] + (f" COLLATE {wanted['collation']}" if wanted["collation"] else "")
        yield _commented(f"Kiểm tra dữ liệu trước: phải là “{one.expected}”, đang là “{one.found}”.")
        yield _commented(f"{alter} TYPE {target} USING {one.short_name}::{wanted['type']};")
    if wanted["default"] != there["default"] and not wanted["stored"]:
        yield f"{alter} SET DEFAULT {wanted['default']};" if wanted["default"] else f"{alter} DROP DEFAULT;"
    if wanted["required"] != there["required"]:
        yield f"{alter} {'SET' if wanted['required'] else 'DROP'} NOT NULL;"


def _sequence(one: Difference, shape: list[Piece]) -> Iterator[str]:
    if one.how is How.EXTRA:
        yield _commented(f"DROP SEQUENCE {one.name};")
    else:
        yield _commented(
            f"dãy số {one.name}: phải là “{one.expected}”, đang là “{one.found}”; sửa bằng ALTER SEQUENCE"
        )


def _function(one: Difference, shape: list[Piece]) -> Iterator[str]:
    yield _commented(f"DROP FUNCTION {one.name};") if one.how is How.EXTRA else f"{one.expected.rstrip()};"


def _constraint(one: Difference, shape: list[Piece]) -> Iterator[str]:
    drop = f"ALTER TABLE {one.table} DROP CONSTRAINT {one.short_name};"
    if one.how is How.EXTRA:
        yield _commented(drop)
    elif one.found == f"{one.expected} NOT VALID":
        yield f"ALTER TABLE {one.table} VALIDATE CONSTRAINT {one.short_name};"
    else:
        if one.how is How.DIFFERENT:
            yield drop
        yield f"ALTER TABLE {one.table} ADD CONSTRAINT {one.short_name} {one.expected};"


def _index(one: Difference, shape: list[Piece]) -> Iterator[str]:
    if one.how is How.EXTRA:
        yield _commented(f"DROP INDEX {one.name};")
        return
    keeps = any(piece.kind == "constraint" and piece.name == f"{one.table}.{one.name}" for piece in shape)
    if keeps:  # the index of a constraint is built anew where it stands
        yield f"REINDEX INDEX CONCURRENTLY {one.name};"
        return
    if one.how is How.DIFFERENT:
        yield f"DROP INDEX CONCURRENTLY {one.name};"
    yield f"{re.sub(' INDEX ', ' INDEX CONCURRENTLY ', one.expected, count=1)};"


def _trigger(one: Difference, shape: list[Piece]) -> Iterator[str]:
    drop = f"DROP TRIGGER {one.short_name} ON {one.table};"
    if one.how is How.EXTRA:
        yield _commented(drop)
        return
    if one.how is How.DIFFERENT:
        if _STATE.sub("", one.found) == one.expected:
            yield f"ALTER TABLE {one.table} ENABLE TRIGGER {one.short_name};"
            return
        yield drop
    yield f"{_STATE.sub('', one.expected)};"


_REPAIRS: dict[ObjectKind, Callable[[Difference, list[Piece]], Iterator[str]]] = {
    ObjectKind.TABLE: _table,
    ObjectKind.COLUMN: _column,
    ObjectKind.SEQUENCE: _sequence,
    ObjectKind.FUNCTION: _function,
    ObjectKind.CONSTRAINT: _constraint,
    ObjectKind.INDEX: _index,
    ObjectKind.TRIGGER: _trigger,
}
