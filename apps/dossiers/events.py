"""News of the spine. No personal data: a listener that needs a person asks for one."""

from dataclasses import dataclass
from typing import ClassVar

from kernel.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted(Event):
    name: ClassVar[str] = "dossier.submitted"
    dossier_id: int
    code: str
    procedure_code: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    name: ClassVar[str] = "dossier.moved"
    dossier_id: int
    code: str
    action: str
    old_status: int
    new_status: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted(Event):
    name: ClassVar[str] = "dossier.step_completed"
    dossier_id: int
    code: str
    step_key: str
    decision: str | None
    at: str
