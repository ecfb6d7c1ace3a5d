"""News of the law of one tenant."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureAdopted(Event):
    name: ClassVar[str] = "procedures.adopted"

    version_id: int
    procedure_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRetired(Event):
    name: ClassVar[str] = "procedures.retired"

    procedure_code: str
