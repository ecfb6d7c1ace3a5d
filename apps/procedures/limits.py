"""May this time limit stand in for that one? Pure arithmetic of the law.

A tenant may only shorten. Two units are compared only where the shorter one is
certain whatever the calendar: a working day has at least four working hours
(a Saturday-morning desk), n working days never end before n days, a month has
at least 28 days.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNIT_WORDS: dict[str, str | Promise] = {
    "WORKING_DAY": _("{amount} ngày làm việc"),
    "DAY": _("{amount} ngày"),
    "HOUR": _("{amount} giờ làm việc"),
    "MONTH": _("{amount} tháng"),
}
LEAST_HOURS_OF_A_WORKING_DAY = 4
LEAST_DAYS_OF_A_MONTH = 28


def is_shorter(new: dict[str, Any], old: dict[str, Any]) -> bool:
    """``new`` and ``old`` are limits as in ProcedureContent."""
    amount, units = new["amount"], (new["unit"], old["unit"])
    if units[0] == units[1]:
        return amount < old["amount"]
    longest = {
        ("DAY", "WORKING_DAY"): old["amount"],
        ("HOUR", "WORKING_DAY"): old["amount"] * LEAST_HOURS_OF_A_WORKING_DAY,
        ("DAY", "MONTH"): old["amount"] * LEAST_DAYS_OF_A_MONTH,
    }.get(units)
    return longest is not None and amount <= longest


def limit_words(limit: dict[str, Any]) -> str:
    """``10 ngày làm việc``."""
    return str(UNIT_WORDS[limit["unit"]]).format(amount=limit["amount"])


def shortened(old: dict[str, Any], *, amount: int, unit: str, ground: str) -> dict[str, Any]:
    """``old`` with another length. Hours are counted from the moment, a day's cut-off does not fit them."""
    start = "NOW" if unit == "HOUR" else "NEXT_DAY" if old["start"] == "NOW" else old["start"]
    return {
        **old,
        "amount": amount,
        "unit": unit,
        "start": start,
        "cutoff": old["cutoff"] if start == "SAME_DAY" else None,
        "legal_ground": ground,
        "confirmed": True,
    }
