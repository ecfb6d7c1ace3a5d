"""Programs of the API that hand in what a new wording of a procedure would no longer take.

Known from what they did: a program is a line SUBMIT of the trail, what it uses stands in its
dossiers. One statement that counts equal dossiers together; of answers it fetches those alone
that the new wording looks at in another way, and no answer leaves this module.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from apps.audit.selectors import program_of
from apps.dossiers.models import Component, Dossier
from apps.forms.compiling import compile_form
from apps.forms.narrowing import Break, Fault, Narrowing

REMEMBERED = timedelta(days=90)  # a program that has not used something for so long is not asked about it
# Window() takes no aggregate: this is the sum over all groups, also of those behind the limit.
_OF_ALL = Func(Count("id"), template="SUM(%(expressions)s) OVER ()", output_field=BigIntegerField())
MOST_KINDS = 5000  # of dossiers that differ in what is looked at; the commonest are judged


class Gone(StrEnum):
    CASE = "CASE"
    PAPER = "PAPER"


@dataclass(frozen=True, slots=True, order=True)
class GonePart:
    """A case or a paper that is no longer there."""

    key: str
    gone: Gone
    title: str


@dataclass(frozen=True, slots=True)
class ProgramUse:
    """``breaks``: what it uses, with the number of its dossiers, the most first."""

    program: int
    dossiers: int
    breaks: tuple[tuple[Break | GonePart, int], ...]


@dataclass(frozen=True, slots=True)
class ProgramUses:
    """``unjudged``: dossiers of programs that were not looked at, because too many differ."""

    uses: tuple[ProgramUse, ...] = ()  # the program with the most dossiers first
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class _Question:
    cases: dict[str, str]  # gone: code → name
    papers: dict[str, str]  # gone: key → name
    form: Narrowing

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.papers or self.form.values or self.form.presence)


def list_program_uses(*, code: str, running: dict[str, Any], coming: dict[str, Any], on: date) -> ProgramUses:
    """At most one statement; none when the new wording takes nothing away."""
    asked = _Question(
        cases=_gone(running["cases"], coming["cases"], "code"),
        papers=_gone(running["components"], coming["components"], "key"),
        form=Narrowing(compile_form(running["form"]), compile_form(coming["form"])),
    )
    if asked.is_empty:
        return ProgramUses()
    dossiers, by_break = Counter[int](), defaultdict[int, Counter[Break | GonePart]](Counter)
    total = judged = 0
    for program, case, papers, answers, count, of_all in _kinds(asked, code, on):
        total = of_all
        judged += count
        broken: set[Break | GonePart] = set(_gone_parts(asked, case, papers))
        broken |= asked.form.breaks(answers)
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
    causes = [{_CAUSE[_kind(one)] for one, _count in use.breaks} for use in found.uses]
    return {
        "programs": len(found.uses),
        "dossiers": sum(use.dossiers for use in found.uses),
        **{cause: sum(cause in one for one in causes) for cause in dict.fromkeys(_CAUSE.values())},
        "unjudged": found.unjudged,
    }


def say_break(one: Break | GonePart) -> str:
    """What the people of the program have to mend."""
    words = {
        Gone.CASE: _("trường hợp “{title}” bị bỏ"),
        Gone.PAPER: _("giấy tờ “{title}” bị bỏ"),
        Fault.REMOVED: _("mục “{title}” bị bỏ"),
        Fault.RENAMED: _("mục “{title}” đổi mã thành {now}"),
        Fault.REQUIRED: _("mục “{title}” nay bắt buộc mà chưa có"),
        Fault.NARROWER: _("mục “{title}” có giá trị mà bản mới không nhận"),
        Fault.NOT_ASKED: _("mục “{title}” nay không được điền trong trường hợp của hồ sơ"),
    }
    return words[_kind(one)].format(title=one.title, now=getattr(one, "now", ""))


_CAUSE: dict[Gone | Fault, str] = {
    Gone.CASE: "cases",
    Gone.PAPER: "papers",
    Fault.REMOVED: "removed",
    Fault.RENAMED: "removed",
    Fault.REQUIRED: "required",
    Fault.NARROWER: "narrower",
    Fault.NOT_ASKED: "narrower",
}


def _kind(one: Break | GonePart) -> Gone | Fault:
    return one.gone if isinstance(one, GonePart) else one.fault


def _most_first(counted: tuple[Break | GonePart, int]) -> tuple[int, str, str]:
    one, count = counted
    return -count, one.title, _kind(one)


def _gone(old: list[dict[str, Any]], new: list[dict[str, Any]], key: str) -> dict[str, str]:
    left = {one[key] for one in new}
    return {one[key]: one["name"] for one in old if one[key] not in left}


def _gone_parts(asked: _Question, case: str, papers: list[str]) -> Iterator[GonePart]:
    if case:
        yield GonePart(case, Gone.CASE, asked.cases[case])
    yield from (GonePart(key, Gone.PAPER, asked.papers[key]) for key in papers)


def _kinds(
    asked: _Question, code: str, on: date
) -> Iterator[tuple[int, str, list[str], dict[str, Any], int, int]]:
    """(program, gone case, gone papers, answers cut down, how many such dossiers, how many of all kinds)."""
    papers, presence, values = list(asked.papers), asked.form.presence, asked.form.values
    columns = _columns(asked)
    for program, case, *seen, count, total in _rows(code, on, columns):
        has, answered, given = _cut(seen, len(papers), len(presence), len(values))
        answers = {name: True for name, there in zip(presence, answered, strict=True) if there}
        answers |= {name: one for name, one in zip(values, given, strict=True) if one is not None}
        yield (
            program,
            case,
            [key for key, there in zip(papers, has, strict=True) if there],
            answers,
            count,
            total,
        )


def _cut(row: list[Any], *lengths: int) -> Iterator[list[Any]]:
    start = 0
    for length in lengths:
        yield row[start : start + length]
        start += length


def _columns(asked: _Question) -> dict[str, Any]:
    """What makes two dossiers differ, in the order of _kinds."""
    gone = Q(case_code__in=list(asked.cases))
    columns: dict[str, Any] = {
        "gone_case": Case(When(gone, then=F("case_code")), default=Value(""), output_field=CharField())
        if asked.cases
        else Value("")
    }
    for index, key in enumerate(asked.papers):
        columns[f"paper_{index}"] = Exists(Component.objects.filter(dossier_id=OuterRef("id"), key=key))
    for index, name in enumerate(asked.form.presence):
        there = Q(answers__has_key=name)
        columns[f"there_{index}"] = ExpressionWrapper(there, output_field=BooleanField())
    for index, name in enumerate(asked.form.values):
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
