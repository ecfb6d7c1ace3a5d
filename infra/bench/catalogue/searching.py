"""Search over 6,000 procedures, as the console asks it: marks, no marks, typing errors, codes."""

import random
import time
from statistics import quantiles

from django.db import connection
from django.utils import timezone

from apps.catalogue.mistyping import words_of
from apps.catalogue.models import SourceProcedure
from apps.catalogue.selectors import ProcedureFilter, search_procedures
from infra.bench.fleet.figures import Figure
from infra.bench.progress import step
from kernel.vietnamese import fold
from tenants.registry.context import central_context

PROCEDURES = 6000
QUERIES = 120  # of each sort
MOST_MILLISECONDS = 60
_PAGE = 51


def measure() -> list[Figure]:
    chance = random.Random(20260718)  # noqa: S311 - the same questions in every run
    with central_context():
        _fill_up()
        names = list(SourceProcedure.objects.order_by("code").values_list("code", "name"))
    asked = {
        "có dấu": [_words(name, chance) for _, name in chance.choices(names, k=QUERIES)],
        "không dấu": [fold(_words(name, chance)) for _, name in chance.choices(names, k=QUERIES)],
        "gõ sai": [_mistyped(_words(name, chance), chance) for _, name in chance.choices(names, k=QUERIES)],
        "mã": [code for code, _ in chance.choices(names, k=QUERIES)],
        "không có": [
            _mistyped("xyzq " + "".join(chance.choices("bcdgklmqvx", k=9)), chance) for _ in range(QUERIES)
        ],
    }
    with step(f"Tìm trong {len(names)} thủ tục"):
        taken = {sort: _ask(questions) for sort, questions in asked.items()}
    everything = [one for times in taken.values() for one in times]
    return [
        Figure("search", "Tìm trong 6.000 thủ tục, p95", _p95(everything), "ms", at_most=MOST_MILLISECONDS),
        *(
            Figure(f"search-{number}", f"  {sort}", _p95(times), "ms", at_most=MOST_MILLISECONDS)
            for number, (sort, times) in enumerate(taken.items())
        ),
    ]


def _fill_up() -> None:
    """To 6,000, with names of real procedures put together anew."""
    real = list(
        SourceProcedure.objects.order_by("code")[: max(0, PROCEDURES - SourceProcedure.objects.count())]
    )
    now = timezone.now()
    SourceProcedure.objects.bulk_create(
        SourceProcedure(
            code=f"9.{number:06d}",
            name=f"{one.name} tại địa phương",
            promulgator=one.promulgator,
            search=fold(f"9.{number:06d} {one.name} tại địa phương"),
            words=words_of(fold(f"9.{number:06d} {one.name} tại địa phương")),
            sha256="0" * 64,
            first_seen_at=now,
            changed_at=now,
            last_seen_at=now,
        )
        for number, one in enumerate(real)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_sourceprocedure")


def _words(name: str, chance: random.Random) -> str:
    """Two to five words that stand together, as a person types them."""
    words = name.split()
    count = chance.randint(2, 5)
    start = chance.randint(0, max(0, len(words) - count))
    return " ".join(words[start : start + count])


def _mistyped(text: str, chance: random.Random) -> str:
    """Two letters the wrong way round, in the middle."""
    at = chance.randint(1, max(1, len(text) - 2))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _ask(questions: list[str]) -> list[float]:
    for question in questions[:5]:
        search_procedures(ProcedureFilter(q=question), limit=_PAGE)
    taken = []
    for question in questions:
        begun = time.perf_counter()
        search_procedures(ProcedureFilter(q=question), limit=_PAGE)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
