"""Door 1: what came out, and how far it has got."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.results.enums import ActKind
from apps.results.models import HandOver, Result


@dataclass(frozen=True, slots=True)
class ActView:
    kind: str
    done_at: datetime
    done_by_name: str
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResultView:
    """Signed, numbered, issued and delivered are separate: each is there only where its act is."""

    id: int
    public_id: UUID
    code: str
    name: str
    file_id: int | None
    acts: dict[str, ActView]

    @property
    def number(self) -> str:
        act = self.acts.get(ActKind.NUMBER)
        return str(act.evidence.get("number", "")) if act else ""

    @property
    def is_delivered(self) -> bool:
        return ActKind.DELIVER in self.acts


@dataclass(frozen=True, slots=True)
class HandOverView:
    method: str
    receiver_name: str
    proof_code: str
    handed_over_at: datetime
    handed_over_by_name: str


def get_results(*, subject_id: int) -> list[ResultView]:
    """In the order they were recorded; two statements."""
    rows = Result.objects.filter(subject_id=subject_id).order_by("id").prefetch_related("acts")
    return [
        ResultView(
            row.id,
            row.public_id,
            row.code,
            row.name,
            row.file_id,
            {
                act.kind: ActView(act.kind, act.done_at, act.done_by_name, act.evidence)
                for act in row.acts.all()
            },
        )
        for row in rows
    ]


def list_hand_overs(*, subject_id: int) -> list[HandOverView]:
    rows = HandOver.objects.filter(subject_id=subject_id).order_by("id")
    return [HandOverView(*row) for row in rows.values_list(*HandOverView.__slots__)]
