"""Door 1: search in the national list, without marks and forgiving a typing error."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from apps.catalogue.mistyping import MOST_WORDS, meanings_of, slips_of, words_of
from apps.catalogue.models import ProcedureTemplate, SourceProcedure
from kernel.vietnamese import fold
from tenants.registry.context import central_context

_MOST_COMPARED = 500  # of the names that hold the words: what is said so vaguely has no closest
_SHORTEST_GUESS = 4  # characters: of fewer everything is similar to everything


@dataclass(frozen=True, slots=True)
class ProcedureFilter:
    """All that is stated must hold. ``standing``: "living", "retired" or "" for both."""

    q: str = ""
    promulgator: str = ""
    type: str = ""
    standing: str = "living"


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """``guessed``: nothing holds all the words, these come closest, the closest first."""

    rows: tuple[SourceProcedure, ...]
    next: str  # what the next page comes after, "" at the end
    guessed: bool


def search_procedures(wanted: ProcedureFilter, *, after: str = "", limit: int = 50) -> ProcedurePage:
    """A keyset page: by code, or by likeness where only that is left. ``after`` is ``next`` of the page before."""
    text = fold(wanted.q)
    with central_context():
        if "~" not in after:
            rows = list(
                _holding(_filtered(wanted), text).filter(code__gt=after).order_by("code")[: limit + 1]
            )
            if rows or after or len(text) < _SHORTEST_GUESS:
                return _page(rows, limit, guessed=False)
        rows = _closest(_filtered(wanted), text, after, limit + 1)
        return _page(rows, limit, guessed=True)


def get_procedure(code: str) -> SourceProcedure | None:
    with central_context():
        return SourceProcedure.objects.filter(code=code).first()


def list_promulgators() -> list[str]:
    with central_context():
        named = SourceProcedure.objects.exclude(promulgator="").order_by("promulgator")
        return list(named.values_list("promulgator", flat=True).distinct())


def list_template_codes(codes: list[str]) -> set[str]:
    """Of these codes, those that have a template here."""
    with central_context():
        return set(ProcedureTemplate.objects.filter(code__in=codes).values_list("code", flat=True))


def _filtered(wanted: ProcedureFilter) -> QuerySet[SourceProcedure]:
    found = SourceProcedure.objects.all()
    if wanted.standing:
        found = found.filter(retired_at__isnull=wanted.standing == "living")
    if wanted.promulgator:
        found = found.filter(promulgator=wanted.promulgator)
    if wanted.type:
        found = found.filter(type=wanted.type)
    return found


def _holding(found: QuerySet[SourceProcedure], text: str) -> QuerySet[SourceProcedure]:
    for word in text.split():
        found = found.filter(search__contains=word)
    return found


def _closest(found: QuerySet[SourceProcedure], text: str, after: str, limit: int) -> list[SourceProcedure]:
    """Names that hold, for each word that means anything here, it or a word one slip away; the closest first."""
    words = words_of(text)[:MOST_WORDS]
    slips = {word: slips_of(word) for word in words}
    known = _known_among({*words, *chain.from_iterable(slips.values())})
    trusting, doubting = (meanings_of(slips, known, trusting=trust) for trust in (True, False))
    if not trusting or 2 * len(trusting) < len(words):
        return []
    rows = _meaning(found, text, trusting, after, limit)
    return rows or ([] if after or trusting == doubting else _meaning(found, text, doubting, after, limit))


def _known_among(possible: set[str]) -> set[str]:
    """One array instead of two thousand parameters: half of the time of a guess went into writing those."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM catalogue_sourceword WHERE word = ANY(%s)", [sorted(possible)])
        return {word for (word,) in cursor.fetchall()}


def _meaning(
    found: QuerySet[SourceProcedure], text: str, meanings: list[list[str]], after: str, limit: int
) -> list[SourceProcedure]:
    for one in meanings:
        found = found.filter(words__overlap=one)
    likeness = Cast(TrigramWordSimilarity(text, "search") * 10_000, IntegerField())
    first = found.order_by("code").values("id")[:_MOST_COMPARED]
    found = SourceProcedure.objects.filter(id__in=first).annotate(likeness=likeness)
    if after:
        score, _, code = after.partition("~")
        least = int(score) if score.isdecimal() else 0  # whatever was typed into the address
        found = found.filter(Q(likeness__lt=least) | Q(likeness=least, code__gt=code))
    return list(found.order_by("-likeness", "code")[:limit])


def _page(rows: list[Any], limit: int, *, guessed: bool) -> ProcedurePage:
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    after = "" if last is None else f"{last.likeness}~{last.code}" if guessed else last.code
    return ProcedurePage(tuple(rows[:limit]), after, guessed)
