"""Single values as people type them at a counter."""

import re
from datetime import datetime, time

from frontend.filters import VIETNAM
from frontend.typed import read_day

__all__ = ["read_amount", "read_count", "read_day", "read_end_of_day", "read_lines"]


def read_end_of_day(text: str) -> datetime | None:
    """The last working moment of a typed day, 17:00 in Viet Nam; the deadline's own calendar moves it if need be."""
    day = read_day(text)
    return datetime.combine(day, time(17, 0), VIETNAM) if day else None


def read_amount(text: str) -> int | None:
    """``8.000``, ``8000 đ``: whole đồng."""
    digits = re.sub(r"[^\d]", "", text)
    return int(digits) if digits and len(digits) < 13 else None


def read_count(text: str) -> int:
    """A small whole number; what is none counts as -1, so that the service refuses it with its own sentence."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


def read_lines(text: str) -> list[str]:
    """One item a line; bullets that people type are dropped."""
    return [line.strip(" \t-•*") for line in text.splitlines() if line.strip(" \t-•*")]
