"""Who may change the law of the tenant."""

from apps.accounts.enums import Duty
from apps.procedures.errors import ControllerDutyMissing
from kernel.actors import Actor, ActorKind, Grant


def require_controller(by: Actor, procedure: str) -> None:
    """Staff with the duty for this procedure; the house itself and the operators who onboard. Nobody else."""
    if by.kind in {ActorKind.SYSTEM, ActorKind.OPERATOR}:
        return
    if by.kind == ActorKind.STAFF and any(_reaches(grant, procedure) for grant in by.grants):
        return
    raise ControllerDutyMissing()


def _reaches(grant: Grant, procedure: str) -> bool:
    """Adoption is for the whole tenant: the duty has to be held at a root of its tree (``/1/``)."""
    whole = grant.unit_path is None or grant.unit_path.count("/") == 2
    return whole and grant.covers(Duty.PROCEDURE_CONTROLLER, grant.unit_path, procedure, grant.step)
