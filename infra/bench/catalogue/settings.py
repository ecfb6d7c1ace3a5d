"""Where the catalogue's bench lives. Its servers are its own: it never meets the million rows, nor the fleet."""

from pathlib import Path

from infra.bench.settings import HOME as BENCH
from infra.bench.settings import POSTGRES as DURABLE
from infra.bench.settings import ROOT

HOME = BENCH / "catalogue"
RESULTS = BENCH / "catalogue.json"
POSTGRES_PORT, VALKEY_PORT = 62632, 62679
POSTGRES = {**DURABLE, "shared_buffers": "256MB"}

# The real national list and records lie beside the project, never in it.
FACTS = ROOT.parent / "shared" / "domain"
LIST = FACTS / "procedures_2026-07-18.csv"
RECORDS = FACTS / "procedure_templates.json"


def facts_missing() -> list[Path]:
    return [path for path in (LIST, RECORDS) if not path.exists()]


def environment() -> dict[str, str]:
    """For Django; the addresses of the servers are added by whoever starts them."""
    return {
        "DJANGO_SETTINGS_MODULE": "project.settings.local",
        "MEDIA_ROOT": str(HOME / "files"),
        "STATIC_ROOT": str(HOME / "static"),
        "DATABASE_POOL": "4",
        "SMOKE_ADDRESS": "",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
