"""What a new wording of a procedure would do to the dossiers under way here: counted, and for the people here named.

Nothing moves by it: a dossier keeps the law of its filing day. The due dates are those that the new limit would
give, in the calendar of each dossier's own unit, for people who weigh a change before it is made.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from apps.catalogue.paths import parse_path
from apps.deadlines import services as deadlines
from apps.deadlines.errors import LimitRuleInvalid
from apps.deadlines.rules import read_rule
from apps.deadlines.services import DueDateMove
from apps.dossiers.lifecycle import OPEN
from apps.dossiers.models import Dossier
from apps.dossiers.selectors.programs import ProgramUses, count_programs, list_program_uses
from apps.dossiers.selectors.unfilled import UnfilledStep, list_unfilled_steps
from apps.dossiers.selectors.visibility import visible
from apps.procedures.selectors import AdoptionPreview, preview_adoption
from kernel.actors import Actor

BATCH = 1000


@dataclass(frozen=True, slots=True)
class NamedMove:
    code: str
    public_id: UUID
    due_at: datetime
    new_due_at: datetime


@dataclass(slots=True)
class Effect:
    """``adoption`` None: it does not run here. ``named`` are the first by due date, ``rest`` how many more."""

    adoption: AdoptionPreview | None
    open: int = 0
    running: int = 0
    moves: list[DueDateMove] = field(default_factory=list)
    corrected: dict[str, int] = field(default_factory=dict)
    unfilled: list[UnfilledStep] = field(default_factory=list)
    programs: ProgramUses = field(default_factory=ProgramUses)
    named: list[NamedMove] = field(default_factory=list)
    rest: int = 0

    @property
    def histogram(self) -> dict[int, int]:
        """Days by which a due date would move, negative for earlier → how many."""
        return dict(Counter((move.new_due_at.date() - move.old_due_at.date()).days for move in self.moves))

    @property
    def earlier(self) -> int:
        return sum(move.new_due_at < move.old_due_at for move in self.moves)


def measure_effect(
    *, code: str, content: dict[str, Any], on: date, by: Actor | None = None, named: int = 0
) -> Effect:
    """For the current tenant. With ``by`` and ``named`` the first dossiers that this person may see are named.

    A batch of open dossiers costs the same few statements however many there are in it.
    """
    adoption = preview_adoption(code=code, content=content, on=on)
    if adoption is None:
        return Effect(None)
    rules = _rules(adoption.content)
    effect, by_case = Effect(adoption), Counter[str]()
    for batch in _open_dossiers(code):
        by_case.update(batch.values())
        running, moves = deadlines.preview_rule_change(
            rules={key: rules[case] for key, case in batch.items() if case in rules}
        )
        effect.running += running
        effect.moves += moves
    effect.open = by_case.total()
    effect.corrected = _corrected(adoption, by_case)
    effect.unfilled = list_unfilled_steps(code=code, process=adoption.content["process"], on=on)
    effect.programs = list_program_uses(code=code, running=adoption.running, coming=adoption.content, on=on)
    if by is not None and named:
        _name(effect, by, named)
    return effect


def figures_of(effect: Effect) -> dict[str, Any]:
    """For the centre: as apps.catalogue.effect_figures has it, so without a dossier's code."""
    adoption, earlier = effect.adoption, effect.earlier
    return {
        "adopted": adoption.template_number if adoption else None,
        "overrides": adoption.overrides if adoption else 0,
        "conflicts": adoption.conflicts if adoption else 0,
        "open": effect.open,
        "running": effect.running,
        "earlier": earlier,
        "later": len(effect.moves) - earlier,
        "histogram": {str(days): count for days, count in effect.histogram.items()},
        "corrected": effect.corrected,
        "nobody": [{"step": one.step, "duty": one.duty, "units": len(one.units)} for one in effect.unfilled][
            :200
        ],
        "clients": count_programs(effect.programs),
    }


def _rules(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Case → limit; one that cannot be read yet moves nothing."""
    found = {}
    for case in content["cases"]:
        try:
            read_rule(case["limit"])
        except LimitRuleInvalid:
            continue
        found[case["code"]] = case["limit"]
    return found


def _open_dossiers(code: str) -> Iterator[dict[int, str]]:
    """Key → case, batch by batch."""
    last = 0
    rows = Dossier.objects.filter(procedure_code=code, status__in=sorted(OPEN)).order_by("id")
    while batch := dict(rows.filter(id__gt=last).values_list("id", "case_code")[:BATCH]):
        yield batch
        last = max(batch)


def _corrected(adoption: AdoptionPreview, by_case: Counter[str]) -> dict[str, int]:
    """Path that flows → open dossiers that have the thing it is about."""
    papers = {case["code"]: set(case["components"]) for case in adoption.running["cases"]}
    found: dict[str, int] = {}
    for path in adoption.flows:
        match parse_path(path):
            case ["cases", case, *_]:
                found[path] = by_case[case]
            case ["components", key, *_]:
                found[path] = sum(count for case, count in by_case.items() if key in papers.get(case, ()))
            case _:
                found[path] = by_case.total()
    return found


def _name(effect: Effect, by: Actor, most: int) -> None:
    """The first by due date of those that this person may see."""
    moves = {move.subject_id: move for move in effect.moves}
    if not moves:
        return
    seen = Dossier.objects.filter(visible(by), id__in=list(moves)).order_by("due_at", "id")
    rows = seen.values_list("id", "code", "public_id")[:most]
    effect.named = [
        NamedMove(code, public_id, moves[key].old_due_at, moves[key].new_due_at)
        for key, code, public_id in rows
    ]
    effect.rest = len(moves) - len(effect.named)
