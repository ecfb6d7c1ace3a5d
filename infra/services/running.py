"""Both servers together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.services import postgres, valkey
from infra.services.failures import ServiceFailed
from infra.services.place import find_place

ServicesDown = ServiceFailed


@dataclass(frozen=True)
class Addresses:
    """``database_id`` names the data behind the address: another one when it started from nothing."""

    database_url: str
    redis_url: str
    database_id: str

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


def start_services(
    home: Path,
    *,
    settings: Mapping[str, str] | None = None,
    postgres_port: int = postgres.USUAL_PORT,
    valkey_port: int = valkey.USUAL_PORT,
) -> Addresses:
    """Start what is not running yet. ``settings`` are PostgreSQL's, on top of the usual ones."""
    place = find_place(home)
    database = postgres.Postgres(place)
    broker = valkey.Valkey(place)
    database.start(settings=settings, usual_port=postgres_port)
    broker.start(usual_port=valkey_port)
    return Addresses(database.url, broker.url, database.cluster)


def stop_services(home: Path, *, forgetting: bool = False) -> None:
    """Stop both. A folder in which nothing ever ran is left untouched. ``forgetting``: see Postgres.stop."""
    if not home.exists():
        return
    place = find_place(home)
    valkey.Valkey(place).stop()
    postgres.Postgres(place).stop(forgetting=forgetting)


def both_running(home: Path) -> bool:
    place = find_place(home)
    return postgres.Postgres(place).is_running() and valkey.Valkey(place).is_running()
