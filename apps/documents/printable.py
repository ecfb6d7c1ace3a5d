"""Which letters the paper can carry.

PDF/A allows no letter without a shape, and Typst rightly refuses to make one.
A name or a reason may hold anything a person could type, so what the font lacks
is shown as a replacement mark instead of costing the applicant the receipt.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPLACEMENT = "\ufffd"
_LINES = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")


def printable(value: Any, letters: frozenset[int]) -> Any:
    """The same JSON value; in its texts, composed letters and only those of ``letters``."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", _LINES.sub("\n", value))
        return "".join(_shown(char, letters) for char in text)
    if isinstance(value, list):
        return [printable(item, letters) for item in value]
    if isinstance(value, dict):
        return {key: printable(item, letters) for key, item in value.items()}
    return value


def _shown(char: str, letters: frozenset[int]) -> str:
    """Controls and marks of direction are left out: they have no shape, or turn the words around."""
    if char in "\n\t":
        return char.replace("\t", " ")
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    return char if ord(char) in letters else REPLACEMENT


def letters_of(fonts: list[Path]) -> frozenset[int]:
    """The code points that all of the TrueType files have; the replacement mark must be one of them."""
    sets = [frozenset(_code_points(path.read_bytes())) for path in fonts]
    common = frozenset.intersection(*sets) - {0}
    if ord(REPLACEMENT) not in common:
        raise ValueError("the fonts lack the replacement mark")
    return common


def _code_points(font: bytes) -> Iterator[int]:
    """From the ``cmap`` table, sub-table format 4 (OpenType 1.9, chapter cmap): all letters below U+10000."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * index + 4)
        if struct.unpack_from(">H", font, start + offset)[0] == 4:
            yield from _format_4(font, start + offset)
            return
    raise ValueError("the font has no Unicode table of format 4")


def _table(font: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _format_4(font: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    segments = doubled // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{segments}H", font, at + 14 + skip)
        for skip in (0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2)
    )
    ranges_at = at + 14 + 3 * doubled + 2
    for index in range(segments):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if ranges[index]:
                place = ranges_at + 2 * index + ranges[index] + 2 * (code - starts[index])
                (glyph,) = struct.unpack_from(">H", font, place)
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                yield code
