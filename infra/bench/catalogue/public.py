"""The pages that the public reads: statements and time of a procedure's page, and the search of one province."""

import random
import time
from statistics import quantiles

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.reporting.services import count_durations
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.furnishing import furnish, furnish_centre
from infra.bench.progress import step
from kernel.vietnamese import fold
from tenants.provisioning.services import create_tenant
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant

PROCEDURES = 6000  # more than any province has: the largest receives 2,242
REQUESTS = 150
MOST_STATEMENTS = 4
MOST_MILLISECONDS = 60
_CODE, _HOST = "Z97", "z97.localhost"
_PAGE = "/thu-tuc/1.013225/"
_FILL = """
INSERT INTO procedures_adoptedversion (public_id, procedure_code, name, name_search, field_code, field_name, number,
       template_version, template_number, content, content_sha256, overrides, process_id, in_force_from, state,
       adopted_at, adopted_by)
SELECT gen_random_uuid(), '9.' || lpad(n::text, 6, '0'), v.name || ' số ' || n, v.name_search || ' so ' || n,
       v.field_code, v.field_name, 1, v.template_version, 1, v.content, v.content_sha256, '[]', v.process_id,
       v.in_force_from, 'ACTIVE', v.adopted_at, v.adopted_by
  FROM (SELECT *, row_number() OVER (ORDER BY procedure_code) AS place, count(*) OVER () AS of
          FROM procedures_adoptedversion) AS v
  JOIN generate_series(1, %s - 12) AS n ON n %% v.of = v.place - 1
"""


def measure() -> list[Figure]:
    with step(f"Một tỉnh có {PROCEDURES} thủ tục"):
        tenant = _province()
    citizen = Client(HTTP_HOST=_HOST)
    citizen.get(_PAGE)
    with CaptureQueriesContext(connection) as captured:
        answer = citizen.get(_PAGE)
    statements = len(captured)  # now: the next request empties the list
    if answer.status_code != 200 or b"itemprop" not in answer.content:
        raise RuntimeError(f"{_PAGE} answers {answer.status_code}")
    with tenant_context(tenant):
        words = _questions()
    with step("Trang thủ tục và tìm thủ tục của người dân"):
        pages = [_milliseconds(citizen, _PAGE) for _ in range(REQUESTS)]
        found = {
            sort: [_milliseconds(citizen, "/thu-tuc/", {"q": text}) for text in asked]
            for sort, asked in words.items()
        }
    return [
        Figure("public-sql", "Trang thủ tục công khai: số câu SQL", statements, "", at_most=MOST_STATEMENTS),
        Figure("public-page", "  p95", _p95(pages), "ms"),
        *(
            Figure(f"public-search-{number}", f"Người dân tìm trong {PROCEDURES}, {sort}: p95", _p95(times), "ms",
                   at_most=MOST_MILLISECONDS)
            for number, (sort, times) in enumerate(found.items())
        ),
    ]  # fmt: skip


def _province() -> Tenant:
    now = timezone.now()
    furnish_centre()
    tenant = create_tenant(code=_CODE, name="Tỉnh Đo", kind="PROVINCE", host=_HOST, now=now)
    furnish(tenant, dossiers=500)
    with tenant_context(tenant):
        count_durations(now=now)
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [PROCEDURES])
            cursor.execute("ANALYZE procedures_adoptedversion")
    return tenant


def _questions() -> dict[str, list[str]]:
    chance = random.Random(20260718)  # noqa: S311 - the same questions in every run
    names = [
        "đăng ký khai sinh",
        "đăng ký kết hôn",
        "giấy phép xây dựng",
        "nội quy lao động",
        "bản sao trích lục",
    ]
    right = [f"{chance.choice(names)} số {chance.randrange(1, PROCEDURES)}" for _ in range(REQUESTS)]
    return {
        "có dấu": right,
        "không dấu": [fold(one) for one in right],
        "gõ sai": [_mistyped(chance.choice(names), chance) for _ in range(REQUESTS)],
    }


def _mistyped(text: str, chance: random.Random) -> str:
    """Two neighbours change places, as under quick fingers."""
    place = chance.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _milliseconds(citizen: Client, path: str, asked: dict[str, str] | None = None) -> float:
    begun = time.perf_counter()
    answer = citizen.get(path, asked or {})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return (time.perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return quantiles(times, n=100, method="inclusive")[94]
