"""What this person may do with a dossier now, most likely first.

The moves of the law come from apps.dossiers; the steps of the process, the
money, the result and the extension stand beside them. The services check all
of it again: this only decides what is shown.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.enums import Duty
from apps.dossiers.enums import Action, Status
from apps.dossiers.lifecycle import WITH_OFFICIALS
from apps.dossiers.selectors import Dossier, list_moves
from apps.fees.selectors import FeesView
from apps.workflow.selectors import StepView, can_complete_step
from kernel.actors import Actor

_HARSH = {Action.REFUSE_INTAKE, Action.STOP, Action.DECLINE_WITHDRAWAL}
# What somebody came here to do; the rest is possible and seldom, and never stands out.
_EXPECTED = {
    Action.ACCEPT,
    Action.RETURN_RESULT,
    Action.RECEIVE_SUPPLEMENT,
    Action.CONFIRM_PAYMENT,
    Action.APPROVE_WITHDRAWAL,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """``blocked`` is the reason why it cannot be done now; such an offer has no link."""

    label: str
    href: str
    blocked: str = ""
    harsh: bool = False
    expected: bool = False


def offers(
    *,
    dossier: Dossier,
    steps: list[StepView],
    fees: FeesView,
    undecided: bool,
    has_result: bool,
    by: Actor,
) -> list[Offer]:
    """``undecided``: somebody asks to be spared the fee, and no clerk has answered."""
    return [
        *_step_offers(dossier, steps, by),
        *_money_offers(dossier, fees, undecided, by),
        *_clerk_offers(dossier, has_result, by),
        *_moves(dossier, by),
        *_extension(dossier, by),
    ]


def _href(dossier: Dossier, slug: str) -> str:
    return reverse("desk:move", kwargs={"public_id": dossier.public_id, "slug": slug})


def _moves(dossier: Dossier, by: Actor) -> list[Offer]:
    return [
        Offer(
            label=str(move.action.label),
            href=_href(dossier, move.action.value.lower().replace("_", "-")),
            blocked=move.blocked or "",
            harsh=move.action in _HARSH,
            expected=move.action in _EXPECTED,
        )
        for move in list_moves(dossier=dossier, by=by)
    ]


def _step_offers(dossier: Dossier, steps: list[StepView], by: Actor) -> list[Offer]:
    if Status(dossier.status) not in WITH_OFFICIALS:
        return []
    return [
        Offer(
            label=_("Làm bước: %(step)s") % {"step": step.name},
            href=reverse("desk:step", kwargs={"public_id": dossier.public_id, "step_id": step.public_id}),
            expected=True,
        )
        for step in steps
        if can_complete_step(by, step)
    ]


def _money_offers(dossier: Dossier, fees: FeesView, undecided: bool, by: Actor) -> list[Offer]:
    receiving = dossier.receiving_unit.path
    if not fees.outstanding or not by.may(
        Duty.CASHIER, unit_path=receiving, procedure=dossier.procedure_code
    ):
        return []
    blocked = _("Đề nghị miễn, giảm chưa được xác nhận.") if undecided else ""
    return [
        Offer(
            label=_("Thu phí, lệ phí"),
            href=_href(dossier, "record-payment"),
            blocked=blocked,
            expected=True,
        )
    ]


def _clerk_offers(dossier: Dossier, has_result: bool, by: Actor) -> list[Offer]:
    found = []
    competent = dossier.competent_unit.path
    recordable = Status(dossier.status) in (Status.PROCESSING, Status.FINISHED)
    if recordable and by.may(Duty.REGISTRY_CLERK, unit_path=competent, procedure=dossier.procedure_code):
        label = _("Ghi nhận thêm kết quả") if has_result else _("Ghi nhận kết quả")
        found.append(Offer(label=label, href=_href(dossier, "record-result"), expected=not has_result))
    return found


def _extension(dossier: Dossier, by: Actor) -> list[Offer]:
    signatory = by.may(
        Duty.SIGNATORY, unit_path=dossier.competent_unit.path, procedure=dossier.procedure_code
    )
    if not signatory or Status(dossier.status) not in WITH_OFFICIALS:
        return []
    return [Offer(label=_("Xin lỗi và gia hạn"), href=_href(dossier, "extend"))]
