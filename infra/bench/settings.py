"""Where the bench lives and how much it does."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".bench"
RESULTS = HOME / "results.json"
POSTGRES_PORT, VALKEY_PORT = 62432, 62479
DOSSIERS = int(os.environ.get("BENCH_DOSSIERS", "1000000"))
DOSSIERS_BESIDE = 2000  # in each of the two other tenants
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "300"))
WARM_UP = 30

BIG = "H21"
TENANTS = (
    ("H21", "Tỉnh Gia Lai", "PROVINCE", "gialai.localhost"),
    ("H26", "Thành phố Hà Nội", "PROVINCE", "hanoi.localhost"),
    ("G15", "Bộ Tư pháp", "MINISTRY", "botuphap.localhost"),
)
HOST = TENANTS[0][3]
WARD, COUNTER = "H21.121", "H21.121.01"  # where the measured work is done
CLERK = "chuyenvien"

# Durable as in production: an answer that was given is on the disk. Checked again before measuring.
POSTGRES = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "maintenance_work_mem": "512MB",
}


def environment() -> dict[str, str]:
    """For Django; the addresses of the servers are added by whoever starts them."""
    return {
        "DJANGO_SETTINGS_MODULE": "project.settings.local",
        "MEDIA_ROOT": str(HOME / "files"),
        "DATABASE_POOL": "4",
    }
