"""Reads records one by one, a file of any length in little memory.

Of ``{"source": …, "procedures": [ … ]}``, of a plain list of records, or of one record alone.
"""

import codecs
import json
import re
from collections.abc import Generator, Iterator
from math import isfinite
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

LARGEST_FILE = 256 * 1024 * 1024  # bytes; the whole national database is about 60 MB in this form
LARGEST_RECORD = 2 * 1024 * 1024  # characters
# A record of the older share API (LayThuTuc; facts, 7.1): known, so that it is refused for what it lacks.
OLDER_MARK = "TENTTHC"
_CHUNK = 64 * 1024
_BLANK = re.compile(r"[ \t\r\n]*")


def is_json(stream: BinaryIO) -> bool:
    """By its first character, whatever its name; the stream is back at its beginning."""
    first = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    stream.seek(0)
    return first in (b"{", b"[")


class Unreadable(Exception):
    """From here on the file cannot be read. ``place`` names the record, the message says why."""

    def __init__(self, place: str, why: str) -> None:
        self.place, self.why = place, why
        super().__init__(place, why)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _finite(text: str) -> float:
    """1e999 is no number that a row can hold."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text[:40])
    return value


class _Text:
    """A window on the file's text that moves forward."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._parser = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
        self._bytes = 0
        self.window, self.at, self.ended = "", 0, False
        self.passed = 0  # characters before the window
        self.place = "."

    def fail(self, why: str) -> Unreadable:
        return Unreadable(
            self.place, _("{why} (ký tự thứ {at})").format(why=why, at=self.passed + self.at + 1)
        )

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        if self.ended:
            return False
        chunk = self._stream.read(_CHUNK)
        self._bytes += len(chunk)
        if self._bytes > LARGEST_FILE:
            raise self.fail(_("tệp quá lớn"))
        self.passed += self.at
        try:
            self.window = self.window[self.at :] + self._decode.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise self.fail(_("tệp không phải văn bản UTF-8")) from error
        self.at, self.ended = 0, not chunk
        return not self.ended

    def peek(self) -> str:
        """The next character that is not blank, "" at the end."""
        while True:
            blank = _BLANK.match(self.window, self.at)
            self.at = blank.end() if blank else self.at
            if self.at < len(self.window):
                return self.window[self.at]
            if not self.more():
                return ""

    def take(self, expected: str) -> None:
        if self.peek() != expected:
            raise self.fail(_("thiếu dấu {mark}").format(mark=expected))
        self.at += 1

    def value(self) -> Any:
        """One JSON value. Tried again with more text as long as it may only be cut off."""
        if self.peek() == "":
            raise self.fail(_("tệp kết thúc giữa chừng"))
        while True:
            try:
                value, end = self._parser.raw_decode(self.window, self.at)
            except (ValueError, RecursionError) as error:
                if len(self.window) - self.at > LARGEST_RECORD:
                    why = _("không phải JSON hợp lệ hoặc dài quá {most} ký tự, từ đây trở đi không đọc được")
                    raise self.fail(why.format(most=LARGEST_RECORD)) from error
                if not self.more():
                    raise self.fail(_("không phải JSON hợp lệ, từ đây trở đi không đọc được")) from error
            else:
                if end == len(self.window) and self.more():
                    continue  # a number at the edge of the window may go on
                self.at = end
                return value


def read_records(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """(index, record). Raises Unreadable."""
    text = _Text(stream)
    alone: dict[str, Any] | None = None
    if text.peek() == "[":
        yield from _array(text)
    else:
        alone = yield from _object(text)
    if text.peek():
        raise text.fail(_("có chữ thừa sau phần cuối"))
    if alone is not None:
        if alone.keys().isdisjoint({"code", OLDER_MARK}):
            raise Unreadable("procedures", _("thiếu danh sách procedures"))
        yield 0, alone


def _object(text: _Text) -> Generator[tuple[int, Any], None, dict[str, Any] | None]:
    """The records of its ``procedures``; without that, the object itself, as far as it is one record's size."""
    text.take("{")
    alone: dict[str, Any] | None = {}
    while True:
        key = text.value()
        text.take(":")
        if key == "procedures":
            alone = None
            yield from _array(text)
        else:
            value = text.value()
            if alone is not None and isinstance(key, str) and text.passed < LARGEST_RECORD:
                alone[key] = value
        if text.peek() != ",":
            break
        text.at += 1
    text.take("}")
    return alone


def _array(text: _Text) -> Iterator[tuple[int, Any]]:
    text.place = "procedures"
    text.take("[")
    index = 0
    if text.peek() != "]":
        while True:
            text.place = f"procedures[{index}]"
            yield index, text.value()
            index += 1
            if text.peek() != ",":
                break
            text.at += 1
    text.take("]")
    text.place = "."
