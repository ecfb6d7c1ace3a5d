"""Where the fleet's bench lives and how much it does. Its servers are its own: it never meets the million rows."""

import os

from infra.bench.settings import HOME as BENCH
from infra.bench.settings import POSTGRES as DURABLE
from infra.bench.settings import ROOT

HOME = BENCH / "fleet"
RESULTS = BENCH / "fleet.json"
POSTGRES_PORT, VALKEY_PORT, WEB_PORT = 62532, 62579, 62580
POSTGRES = {**DURABLE, "shared_buffers": "512MB"}

# A smaller fleet tries the bench out; its figures are not those of the targets.
FLEET = int(os.environ.get("BENCH_FLEET", "100"))
GREAT_FLEET = 3 * FLEET
PILOTS, EARLY = 5, 15  # the rest is general
BIRTHS = 20  # the median of so many
STOCK_BIRTHS = 3
ROLLS = 3  # rounds of a column over a quiet fleet; the median is told
SHORT_ROLLS = 2  # of ours in each half of a round: what takes a second is moved by whatever else lasts one

BUSY = 10  # tenants with people, procedures and dossiers, and requests to them
DOSSIERS = 2000  # in each of the busy ones
REQUESTS_A_SECOND = 40
WARM_UP_SECONDS, QUIET_SECONDS = 8, int(os.environ.get("BENCH_QUIET_SECONDS", "30"))
BUSY_ROLLS = 2  # of a column, and as many of an index, under requests: each takes its time then
WEB_WORKERS, WEB_THREADS = 2, 4  # as in the demo

TEMPLATES = 30  # that a new province adopts
GREAT_TENANT = int(os.environ.get("BENCH_GREAT_TENANT", "100000"))  # dossiers of the one that is restored

STOCK_DATABASE, EMPTY_DATABASE = "stock", "empty"


def code_of(number: int) -> str:
    """``B00`` to ``K99``: codes of three characters that no ministry or province has."""
    return f"{'BCDEFIJK'[number // 100]}{number % 100:02d}"


def host_of(number: int) -> str:
    return f"{code_of(number).lower()}.localhost"


def environment() -> dict[str, str]:
    """For Django; the addresses of the servers are added by whoever starts them."""
    return {
        "DJANGO_SETTINGS_MODULE": "project.settings.local",
        "MEDIA_ROOT": str(HOME / "files"),
        "STATIC_ROOT": str(HOME / "static"),
        "DATABASE_POOL": "4",
        "SMOKE_ADDRESS": "",  # no web server stands beside the quiet fleet; what listens on the usual port is not ours
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
