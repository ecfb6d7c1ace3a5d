"""An onboarding file as it was handed in, and everything that is wrong with it.

Whoever reads a part takes its values through an Entry, a table of the TOML or
a row of a CSV beside it, which knows the line of each. Nobody stops at the first
problem: what cannot be read has a plain value and a Problem.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tenants.provisioning.onboarding.lines import Path, find_lines, line_of
from tenants.registry.models import Tenant

LARGEST_BYTES = 2 * 1024 * 1024
_PLAIN_NAME = re.compile(r"[\w. -]{1,120}")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TRUE = {"1", "có", "co", "x", "true", "yes"}
_FALSE = {"", "0", "không", "khong", "false", "no"}


class Problem(NamedTuple):
    """In the order of what a person mends: file, line, sentence."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return _("{file}, dòng {line}: {sentence}").format(**self._asdict())


class Entry:
    """Values by key, each with its line. What nobody asked for by the time of ``done`` is an unknown key."""

    def __init__(
        self, reading: "Reading", values: Mapping[str, Any], file: str, line: Callable[[str | None], int],
        path: Path = (),
    ) -> None:  # fmt: skip
        self._reading, self._values, self._asked = reading, values, set[str]()
        self.file, self.line, self.path = file, line, path

    def refuse(self, key: str | None, sentence: object) -> None:
        self._reading.problems.append(Problem(self.file, self.line(key), str(sentence)))

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return self._values.get(key) not in (None, "")

    def _take(self, key: str, kind: type | tuple[type, ...], name: str, *, required: bool = False) -> Any:
        if not self.has(key):
            if required:
                self.refuse(key, _("thiếu “{key}”").format(key=key))
            return None
        value = self._values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.refuse(key, _("“{key}” phải là {kind}").format(key=key, kind=name))
            return None
        return value

    def text(self, key: str, *, required: bool = False, longest: int = 200) -> str:
        value = self._take(key, str, _("một chuỗi chữ"), required=required)
        if value is None:
            return ""
        value = value.strip()
        if required and not value:
            self.refuse(key, _("“{key}” để trống").format(key=key))
        if len(value) > longest:
            self.refuse(key, _("“{key}” dài quá {longest} ký tự").format(key=key, longest=longest))
        return "".join(char for char in value if char != "\x00")[:longest]

    def flag(self, key: str) -> bool:
        if isinstance(self._values.get(key), str):  # of a CSV
            word = self.text(key).lower()
            if word not in _TRUE | _FALSE:
                self.refuse(key, _("“{key}” phải là có hoặc không").format(key=key))
            return word in _TRUE
        return bool(self._take(key, bool, _("true hoặc false")))

    def day(self, key: str, otherwise: date) -> date:
        value = self._take(key, date, _("một ngày, ví dụ 2025-07-01"))
        return otherwise if value is None or isinstance(value, datetime) else value

    def texts(self, key: str, *, longest: int = 200) -> list[str]:
        values = self._take(key, list, _("một danh sách chuỗi chữ")) or []
        for index, value in enumerate(values):
            if not isinstance(value, str) or len(value) > longest:
                self._reading.refuse((*self.path, key, index), _("mỗi mục phải là một chuỗi chữ ngắn"))
        return [value.strip() for value in values if isinstance(value, str)]

    def raw(self, key: str) -> Any:
        """For what its owner reads by rules of their own."""
        self._asked.add(key)
        return self._values.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def entry(self, key: str) -> "Entry":
        """A table below; an empty one when there is none."""
        return self._reading.entry((*self.path, key), self._take(key, dict, _("một bảng")) or {})

    def entries(self, key: str) -> list["Entry"]:
        found = []
        for index, value in enumerate(self._take(key, list, _("một danh sách bảng")) or []):
            path = (*self.path, key, index)
            if isinstance(value, dict):
                found.append(self._reading.entry(path, value))
            else:
                self._reading.refuse(path, _("mỗi mục phải là một bảng"))
        return found

    def rows(self, key: str, *, columns: tuple[str, ...], required: tuple[str, ...]) -> list["Entry"]:
        """Of the CSV that ``key`` names, which stands beside the file."""
        name = self.text(key, longest=120)
        return self._reading.rows(self, key, name, columns, required) if name else []

    def done(self) -> None:
        for key in self._values:
            if key not in self._asked:
                self.refuse(key, _("không có mục nào tên “{key}”").format(key=key))


class Reading:
    """``parts``: what each reader has made of its part, for those that come later.

    ``unread``: the keys whose CSV could not be read to its end; what they lack is no mistake of other lines.

    ``tenant`` is the one that the file's code belongs to already, or None.
    """

    def __init__(self, *, main: str, open_file: Callable[[str], bytes | None]) -> None:
        self.main, self._open = main, open_file
        self.problems: list[Problem] = []
        self.parts: dict[str, Any] = {}
        self.unread: set[str] = set()
        self.tenant: Tenant | None = None
        self._lines: dict[Path, int] = {}
        self.root = self.entry((), self._document())

    def refuse(self, path: Path, sentence: object) -> None:
        self.problems.append(Problem(self.main, line_of(self._lines, path), str(sentence)))

    def entry(self, path: Path, values: Mapping[str, Any]) -> Entry:
        return Entry(
            self,
            values,
            self.main,
            lambda key: line_of(self._lines, path if key is None else (*path, key)),
            path,
        )

    def _document(self) -> dict[str, Any]:
        text = self._text(self.main)
        if text is None:
            return {}
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found.group(1)) if found else text.count("\n") + 1
            why = _AT_LINE.sub("", str(error)).strip()
            self.problems.append(
                Problem(self.main, line, _("tệp TOML không đọc được ({why})").format(why=why))
            )
            return {}
        self._lines = find_lines(text)
        return document

    def _text(self, name: str) -> str | None:
        """None, and a problem said, when it cannot be read."""
        raw = self._open(name)
        if raw is None:
            self.problems.append(Problem(name, 1, _("không có tệp này")))
            return None
        if len(raw) > LARGEST_BYTES:
            self.problems.append(Problem(name, 1, _("tệp lớn quá 2 MB")))
            return None
        text = raw.decode("utf-8-sig", errors="replace")
        if (at := text.find("\ufffd")) >= 0:  # also what a door that takes uploads has replaced already
            line = text.count("\n", 0, at) + 1
            self.problems.append(Problem(name, line, _("tệp không ghi bằng UTF-8")))
            return None
        return text

    def rows(
        self, by: Entry, key: str, name: str, columns: tuple[str, ...], required: tuple[str, ...]
    ) -> list[Entry]:
        found, whole = self._rows_beside(by, key, name, columns, required)
        if not whole:
            self.unread.add(key)
        return found

    def _rows_beside(
        self, by: Entry, key: str, name: str, columns: tuple[str, ...], required: tuple[str, ...]
    ) -> tuple[list[Entry], bool]:
        """The rows, and whether they are all that the file has."""
        if not _PLAIN_NAME.fullmatch(name) or name.startswith("."):
            by.refuse(key, _("“{key}” phải là tên một tệp đặt cạnh tệp này").format(key=key))
        elif self._open(name) is None:
            by.refuse(key, _("không thấy tệp {name} đặt cạnh tệp này").format(name=name))
        elif (text := self._text(name)) is not None:
            return self._rows_of(name, text, columns, required)
        return [], False

    def _rows_of(
        self, name: str, text: str, columns: tuple[str, ...], required: tuple[str, ...]
    ) -> tuple[list[Entry], bool]:
        first = text.split("\n", 1)[0]
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True
        )
        head, found, line = None, [], 1
        try:
            for cells in reader:
                if head is None:
                    head = [cell.strip().lower() for cell in cells]
                    if not self._check_head(name, head, columns, required):
                        return [], False
                elif any(cell.strip() for cell in cells):
                    found.append(self._row(name, line, head, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            self.problems.append(Problem(name, line, _("dòng CSV không đọc được ({why})").format(why=error)))
            return found, False
        return found, True

    def _check_head(
        self, name: str, head: list[str], columns: tuple[str, ...], required: tuple[str, ...]
    ) -> bool:
        wrong = [_("không có cột nào tên “{name}”").format(name=one) for one in head if one not in columns]
        wrong += [_("thiếu cột “{name}”").format(name=one) for one in required if one not in head]
        wrong += [_("cột “{name}” có hai lần").format(name=one) for one in set(head) if head.count(one) > 1]
        self.problems += [Problem(name, 1, sentence) for sentence in wrong]
        return not wrong

    def _row(self, name: str, line: int, head: list[str], cells: list[str]) -> Entry:
        if len(cells) != len(head):
            sentence = _("có {found} ô, phải là {wanted}").format(found=len(cells), wanted=len(head))
            self.problems.append(Problem(name, line, sentence))
        values = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        return Entry(self, values, name, lambda key: line)
