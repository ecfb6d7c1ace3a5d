"""What a person may set about the demo, and what is fixed."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("DEMO_HOME", ROOT / ".demo")).resolve()
PORT = int(os.environ.get("PORT", "8000"))
WEB_WORKERS = 2
WEB_THREADS = 4
QUEUE = os.environ.get("CELERY_QUEUE", "motcua")  # of short tasks; the long ones are named after it
OPERATORS_HOST = "localhost"
DOSSIERS = int(os.environ.get("DEMO_DOSSIERS", "2000"))  # a tenant
STANDBY = HOME / "standby.sock"  # where a loaded program does the commands of `make manage`
_LONGEST_SOCKET = 107  # characters of the path of a Unix socket; a house with a longer one does without
# What may be typed behind `make` at one window and not at the other, and no process of the open house reads.
_OF_ONE_WINDOW = ("ARGS", "MAKEOVERRIDES", "DEMO_DOSSIERS")


@dataclass(frozen=True)
class DemoTenant:
    code: str
    name: str
    kind: str
    host: str
    ring: str = "GENERAL"


TENANTS = (
    DemoTenant("H21", "Tỉnh Gia Lai", "PROVINCE", "gialai.localhost", ring="PILOT"),
    DemoTenant("H26", "Thành phố Hà Nội", "PROVINCE", "hanoi.localhost"),
    DemoTenant("G15", "Bộ Tư pháp", "MINISTRY", "botuphap.localhost"),
)


def environment() -> dict[str, str]:
    """For every process of the demo. DATABASE_URL and REDIS_URL come on top."""
    return {
        **{name: value for name, value in os.environ.items() if name not in _OF_ONE_WINDOW},
        "DJANGO_SETTINGS_MODULE": "project.settings.local",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
        "PYTHONUNBUFFERED": "1",
        "MEDIA_ROOT": str(HOME / "files"),
        "ARCHIVE_ROOT": str(HOME / "archives"),
        "STATIC_ROOT": str(HOME / "static"),
        "PORT": str(PORT),
        "SMOKE_REQUIRED": "1",  # its web server is there: one that does not answer is a bad gate
        "STANDBY": str(STANDBY) if len(str(STANDBY)) <= _LONGEST_SOCKET else "",
    }
