"""What a number before and a number after mean for a gate. Pure: asks nobody."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tenants.releases.enums import Verdict

Limit = Callable[[float | None], float | None]


def judge(*, before: float | None, after: float | None, limit: Limit) -> tuple[float | None, Verdict]:
    """The limit that ``before`` sets, and whether ``after`` keeps it. Nothing measured never holds a wave."""
    bound = limit(before)
    if after is None or bound is None:
        return bound, Verdict.UNKNOWN
    return bound, Verdict.BAD if after > bound else Verdict.GOOD


def written(value: float | None, unit: str | Promise) -> str:
    """``1,4 %``, as numbers are written here; ``không có số liệu`` where nothing was measured."""
    if value is None:
        return _("không có số liệu")
    digits = f"{value:,.1f}".removesuffix(".0").translate(str.maketrans(",.", ".,"))
    return f"{digits} {unit}".strip()


def sentence(
    *,
    title: str,
    unit: str | Promise,
    before: float | None,
    after: float | None,
    limit: float | None,
    note: str = "",
) -> str:
    """What is compared with what, in one sentence; ``note`` is what the measure itself has to say."""
    said = _("{title}: trước {before}, sau {after}, giới hạn {limit}.").format(
        title=title,
        before=written(before, unit),
        after=written(after, unit),
        limit=written(limit, unit),
    )
    return f"{said} {note}".strip()
