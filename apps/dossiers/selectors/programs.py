"""Programs of the API that hand in what a new wording of a procedure would no longer take.

Known from what they did: a program is a line SUBMIT of the trail, what it uses stands in its
dossiers. One statement that counts equal dossiers together; of answers it fetches those alone
that the new wording looks at in another way, and no answer leaves this module.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Count, ExpressionWrapper, Func, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from apps.audit.selectors import program_of
from apps.dossiers.models import Dossier
from apps.dossiers.selectors.program_parts import PartBreak, PartFault, list_part_breaks
from apps.forms.compiling import compile_form
from apps.forms.narrowing import Break, Fault, Narrowing

REMEMBERED = timedelta(days=90)  # a program that has not used something for so long is not asked about it
# Window() takes no aggregate: this is the sum over all groups, also of those behind the limit.
_OF_ALL = Func(Count("id"), template="SUM(%(expressions)s) OVER ()", output_field=BigIntegerField())
MOST_KINDS = 5000  # of dossiers that differ in what is looked at; the commonest are judged


AnyBreak = Break | PartBreak


@dataclass(frozen=True, slots=True)
class ProgramUse:
    """``breaks``: what it uses, with the number of its dossiers, the most first."""

    program: int
    dossiers: int
    breaks: tuple[tuple[AnyBreak, int], ...]


@dataclass(frozen=True, slots=True)
class ProgramUses:
    """``unjudged``: dossiers of programs that were not looked at, because too many differ."""

    uses: tuple[ProgramUse, ...] = ()  # the program with the most dossiers first
    unjudged: int = 0


def list_program_uses(*, code: str, running: dict[str, Any], coming: dict[str, Any], on: date) -> ProgramUses:
    """At most one statement; none when the new wording takes nothing away and asks for nothing more."""
    parts = list_part_breaks(running, coming)
    form = Narrowing(compile_form(running["form"]), compile_form(coming["form"]))
    if not (parts or form.values or form.presence):
        return ProgramUses()
    dossiers, by_break = Counter[int](), defaultdict[int, Counter[AnyBreak]](Counter)
    total = judged = 0
    for program, met, answers, count, of_all in _kinds(parts, form, code, on):
        total = of_all
        judged += count
        broken: set[AnyBreak] = {*met, *form.breaks(answers)}
        if broken:
            dossiers[program] += count
            by_break[program].update(dict.fromkeys(broken, count))
    uses = [
        ProgramUse(program, count, tuple(sorted(by_break[program].items(), key=_most_first)))
        for program, count in dossiers.most_common()
    ]
    return ProgramUses(tuple(uses), total - judged)


def count_programs(found: ProgramUses) -> dict[str, int]:
    """For the centre: as apps.catalogue.effect_figures has it. Renamed counts as removed."""
    causes = [{_CAUSE[one.fault] for one, _count in use.breaks} for use in found.uses]
    return {
        "programs": len(found.uses),
        "dossiers": sum(use.dossiers for use in found.uses),
        **{cause: sum(cause in one for one in causes) for cause in dict.fromkeys(_CAUSE.values())},
        "unjudged": found.unjudged,
    }


def say_break(one: AnyBreak) -> str:
    """What the people of the program have to mend."""
    words = {
        PartFault.CASE: _("trường hợp “{title}” bị bỏ"),
        PartFault.CHANNEL: _("không còn nhận hồ sơ theo cách “{title}”"),
        PartFault.PAPER: _("giấy tờ “{title}” bị bỏ"),
        PartFault.PAPER_NEEDED: _("giấy tờ “{title}” nay bắt buộc mà chưa có"),
        Fault.REMOVED: _("mục “{title}” bị bỏ"),
        Fault.RENAMED: _("mục “{title}” đổi mã thành {now}"),
        Fault.REQUIRED: _("mục “{title}” nay bắt buộc mà chưa có"),
        Fault.NARROWER: _("mục “{title}” có giá trị mà bản mới không nhận"),
        Fault.NOT_ASKED: _("mục “{title}” nay không được điền trong trường hợp của hồ sơ"),
    }
    return words[one.fault].format(title=one.title, now=getattr(one, "now", ""))


_CAUSE: dict[PartFault | Fault, str] = {
    PartFault.CASE: "cases",
    PartFault.CHANNEL: "channels",
    PartFault.PAPER: "papers",
    PartFault.PAPER_NEEDED: "required",
    Fault.REMOVED: "removed",
    Fault.RENAMED: "removed",
    Fault.REQUIRED: "required",
    Fault.NARROWER: "narrower",
    Fault.NOT_ASKED: "narrower",
}


def _most_first(counted: tuple[AnyBreak, int]) -> tuple[int, str, str]:
    one, count = counted
    return -count, one.title, one.fault


def _kinds(
    parts: list[tuple[PartBreak, Q]], form: Narrowing, code: str, on: date
) -> Iterator[tuple[int, list[PartBreak], dict[str, Any], int, int]]:
    """(program, parts that it stumbles over, answers cut down, how many such dossiers, how many of all kinds)."""
    columns = _columns([where for _part, where in parts], form)
    for program, *seen, count, total in _rows(code, on, columns):
        flags, answered, given = _cut(seen, len(parts), len(form.presence), len(form.values))
        met = [part for (part, _where), meets in zip(parts, flags, strict=True) if meets]
        answers = {name: True for name, there in zip(form.presence, answered, strict=True) if there}
        answers |= {name: one for name, one in zip(form.values, given, strict=True) if one is not None}
        yield program, met, answers, count, total


def _cut(row: list[Any], *lengths: int) -> Iterator[list[Any]]:
    start = 0
    for length in lengths:
        yield row[start : start + length]
        start += length


def _columns(parts: list[Q], form: Narrowing) -> dict[str, Any]:
    """What makes two dossiers differ, in the order of _kinds."""
    flags = [*parts, *(Q(answers__has_key=name) for name in form.presence)]
    columns: dict[str, Any] = {
        f"flag_{index}": ExpressionWrapper(flag, output_field=BooleanField())
        for index, flag in enumerate(flags)
    }
    for index, name in enumerate(form.values):
        columns[f"value_{index}"] = KeyTransform(name, "answers")
    return columns


def _rows(code: str, on: date, columns: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The commonest kinds first; the last column is the sum of all kinds, also of those that are cut off."""
    lately = Dossier.objects.filter(procedure_code=code, submitted_at__date__gte=on - REMEMBERED)
    program = program_of(subject_type="dossier", action="SUBMIT", subject=OuterRef("id"))
    counted = (
        lately.annotate(program=program, **columns)
        .filter(program__isnull=False)
        .values("program", *columns)
        .annotate(dossiers=Count("id"), total=_OF_ALL)
    )
    rows = counted.order_by("-dossiers", "program").values_list("program", *columns, "dossiers", "total")
    return list(rows[:MOST_KINDS])
