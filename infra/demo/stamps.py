"""What was done already, so that a second start does it no more.

A stamp belongs to one database: the same folder with other data starts over.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from infra.services.place import write_private


@dataclass(frozen=True)
class Stamps:
    file: Path
    database_id: str

    def is_done(self, key: str, mark: str) -> bool:
        return self._read().get(key) == mark

    def note(self, key: str, mark: str) -> None:
        write_private(
            self.file, json.dumps({"database": self.database_id, "done": {**self._read(), key: mark}})
        )

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        done: dict[str, str] = kept["done"] if kept.get("database") == self.database_id else {}
        return done
