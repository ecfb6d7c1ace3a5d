"""What a process asks of who does a step: a form, papers, a legal move. Shown and offered, never done by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.dossiers.selectors import Dossier
from apps.procedures.selectors import get_version
from apps.workflow.pictures import find_step, say_step
from apps.workflow.selectors import StepView
from frontend.desk.offers import Offer


@dataclass(frozen=True, slots=True)
class Asked:
    """``offer`` leads to the move's own page, where its rules are checked; ``record`` to where a result is recorded."""

    form: str
    papers: list[str]
    move: str
    offer: Offer | None
    record: Offer | None


def asked_of(dossier: Dossier, step: StepView, offers: Sequence[Offer]) -> Asked | None:
    """None where the process asks for nothing besides the step itself."""
    content = get_version(dossier.procedure_id).content
    spec = find_step(content["process"]["bpmn"], content["process"].get("called"), step.key)
    if spec is None or not (spec.form or spec.issues or spec.move):
        return None
    names = {one["code"]: one["name"] for one in content["results"]}
    return Asked(
        form=spec.form,
        papers=[names.get(code, code) for code in spec.issues],
        move=say_step(spec).move,
        offer=_offer(offers, spec.move.lower().replace("_", "-")),
        record=_offer(offers, "record-result"),
    )


def _offer(offers: Sequence[Offer], slug: str) -> Offer | None:
    return next((one for one in offers if slug and one.href.endswith(f"/moves/{slug}/")), None)
