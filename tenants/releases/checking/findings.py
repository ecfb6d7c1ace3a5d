"""A finding: where, which rule, and what to do."""

import ast
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db.migrations import Migration


class Rule(StrEnum):
    BREAKS = "breaks"  # old code cannot live with it; a [[contract]] of the manifest says since when nobody needs it
    LOCKS = (
        "locks"  # holds up everybody while it runs; settings.SMALL_TABLES lists where that is over at once
    )
    REPLAY = "replay"  # cannot be carried out in every schema
    MANIFEST = "manifest"  # the manifest is not what the code is


@dataclass(frozen=True, slots=True)
class Problem:
    """Of one operation, before it is known where that stands."""

    rule: Rule
    said: str


@dataclass(frozen=True, slots=True)
class Finding:
    where: str  # file:line, the file as seen from the root
    rule: Rule
    said: str

    def __str__(self) -> str:
        return f"{self.where}: [{self.rule}] {self.said}"


def line_of(migration: Migration, index: int) -> str:
    """Where the operation with this index is written; the file alone when the list is not a plain one."""
    file = Path(sys.modules[migration.__module__].__file__ or "")
    return f"{short(file)}:{_lines(file).get(index, 1)}"


def short(file: Path) -> str:
    root = Path(settings.ROOT)
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _lines(file: Path) -> dict[int, int]:
    for node in ast.walk(ast.parse(file.read_text())):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "operations"
            and isinstance(node.value, ast.List)
        ):
            return {index: part.lineno for index, part in enumerate(node.value.elts)}
    return {}
