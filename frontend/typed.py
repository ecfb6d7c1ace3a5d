"""Single values as people type them, for every room."""

import re
from datetime import date

_DAY = re.compile(r"(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})")


def read_day(text: str) -> date | None:
    """``1/2/1990``, ``01.02.1990``, ``01021990`` and the browser's ``1990-02-01``; None for what is no day."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = _DAY.fullmatch(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
