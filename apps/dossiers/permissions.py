"""Who may do what to a dossier: duty, and at which of its units."""

from collections.abc import Iterator

from apps.accounts.enums import Duty
from apps.dossiers.enums import Action
from apps.dossiers.errors import DutyMissing
from apps.dossiers.models import Dossier
from kernel.actors import Actor, ActorKind

RECEIVING, COMPETENT = "receiving", "competent"
_CHIEFS = (Duty.DIVISION_HEAD, Duty.SIGNATORY)

RULES: dict[Action, tuple[tuple[Duty, ...], str]] = {
    Action.ACCEPT: ((Duty.RECEPTION,), RECEIVING),
    Action.REFUSE_INTAKE: ((Duty.RECEPTION,), RECEIVING),
    Action.START_PROCESSING: ((Duty.SPECIALIST, Duty.DIVISION_HEAD, Duty.SIGNATORY), COMPETENT),
    Action.REQUEST_SUPPLEMENT: ((Duty.RECEPTION, Duty.SPECIALIST), RECEIVING),
    Action.RECEIVE_SUPPLEMENT: ((Duty.RECEPTION,), RECEIVING),
    Action.REQUEST_PAYMENT: ((Duty.SPECIALIST,), COMPETENT),
    Action.CONFIRM_PAYMENT: ((Duty.CASHIER,), RECEIVING),
    Action.REQUEST_WITHDRAWAL: ((Duty.RECEPTION, Duty.SUPPORT), RECEIVING),
    Action.APPROVE_WITHDRAWAL: (_CHIEFS, COMPETENT),
    Action.DECLINE_WITHDRAWAL: (_CHIEFS, COMPETENT),
    Action.STOP: (_CHIEFS, COMPETENT),
    Action.RETURN_RESULT: ((Duty.RETURN_CLERK,), RECEIVING),
}


def paths(dossier: Dossier) -> Iterator[tuple[str, str]]:
    yield RECEIVING, dossier.receiving_unit.path
    yield COMPETENT, dossier.competent_unit.path


def may(by: Actor, action: Action, dossier: Dossier) -> bool:
    """Specialists ask for papers where they process; everybody else where the rule says."""
    if by.kind == ActorKind.SYSTEM:
        return True
    duties, place = RULES[action]
    where = dict(paths(dossier))
    return any(
        by.may(
            duty,
            unit_path=where[COMPETENT if duty == Duty.SPECIALIST else place],
            procedure=dossier.procedure_code,
        )
        for duty in duties
    )


def require(by: Actor, action: Action, dossier: Dossier) -> None:
    if not may(by, action, dossier):
        raise DutyMissing(action=action.label)


def may_see(by: Actor, dossier: Dossier) -> bool:
    """Anybody with a duty at one of the dossier's units, or above it."""
    if by.kind == ActorKind.SYSTEM:
        return True
    places = [path for _, path in paths(dossier)]
    if dossier.supporting_unit is not None:
        places.append(dossier.supporting_unit.path)
    return any(
        (grant.procedure is None or grant.procedure == dossier.procedure_code)
        and (grant.unit_path is None or any(place.startswith(grant.unit_path) for place in places))
        for grant in by.grants
    )
