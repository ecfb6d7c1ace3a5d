"""From one style of code to the other, as a proposal. Public, and pure.

QĐ 20/2020/QĐ-TTg reads from left to right (``H21.24.01``, at most 35
characters), QCVN 102:2016/BTTTT from right to left in four fixed fields
(``000.01.24.H21``). A proposal is never the truth: communes have three digits
(``H18.101.02``) that the older style cannot hold, and vertical agencies keep
codes of their own. The table of aliases decides.
"""

import re

_QD20 = re.compile(r"[A-Z]\d{2}(\.\d{1,3})*")
_QCVN102 = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
LONGEST = 35
# Width of the fields of QCVN 102 below the root, from the second level down.
_WIDTHS = (2, 2, 3)


def is_qd20(code: str) -> bool:
    return len(code) <= LONGEST and _QD20.fullmatch(code) is not None


def is_qcvn102(code: str) -> bool:
    return _QCVN102.fullmatch(code) is not None


def propose_qcvn102(code: str) -> str | None:
    """``H21.24.01`` → ``000.01.24.H21``; None where the older style has no room for it."""
    if not is_qd20(code):
        return None
    root, *below = code.split(".")
    if len(below) > len(_WIDTHS):
        return None
    fields = []
    for part, width in zip(below, _WIDTHS, strict=False):
        if int(part) == 0 or int(part) >= 10**width:
            return None
        fields.append(part.zfill(width)[-width:])
    fields += ["0" * width for width in _WIDTHS[len(below) :]]
    return ".".join([*reversed(fields), root])


def propose_qd20(code: str) -> str | None:
    """``000.01.24.H21`` → ``H21.24.01``; None where a level is missing in the middle (``000.03.00.H38``)."""
    if not is_qcvn102(code):
        return None
    *fields, root = code.split(".")
    levels = [f"{int(field):02d}" if int(field) else "" for field in reversed(fields)]
    while levels and not levels[-1]:
        levels.pop()
    return None if "" in levels else ".".join([root, *levels])
