"""The way of a dossier in the few words that its applicant needs: no duties, no gateways, loops folded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.dossiers.enums import Status
from apps.dossiers.selectors import PublicStatus
from apps.workflow.selectors import list_steps
from apps.workflow.stages import StageState, light_stages, list_stages

_BROKEN_OFF = frozenset({Status.NOT_ACCEPTED, Status.STOPPED})


@dataclass(frozen=True, slots=True)
class ToldStage:
    name: str
    state: str
    words: str


def stages_of(public: PublicStatus, process: Mapping[str, Any]) -> list[ToldStage]:
    """Empty where there is no way to go on. Costs one statement."""
    if public.status in _BROKEN_OFF:
        return []
    stages = list_stages(process["bpmn"], process.get("called"))
    run = list_steps(public.dossier_id)
    states = light_stages(
        stages,
        opened={step.key for step in run if step.is_open},
        done={step.key for step in run if step.state == "DONE"},
        finished=public.finished_at is not None,
    )
    return [
        ToldStage(
            " · ".join(stage.names),
            state.value,
            _words(state, optional=stage.optional, at_once=len(stage.steps)),
        )
        for stage, state in zip(stages, states, strict=True)
    ]


def _words(state: StageState, *, optional: bool, at_once: int) -> str:
    words = {
        StageState.DONE: _("đã xong"),
        StageState.NOW: _("đang làm"),
        StageState.SKIPPED: _("không cần"),
        StageState.AHEAD: _("nếu cần") if optional else "",
    }[state]
    together = _("làm cùng lúc") if at_once > 1 and state in (StageState.NOW, StageState.AHEAD) else ""
    return ", ".join(part for part in (words, together) if part)
