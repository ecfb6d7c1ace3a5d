"""What a probe of the platform has left open is ended: a probe that stopped half-way leaves nothing behind."""

from datetime import datetime

from apps.dossiers.enums import Status
from apps.dossiers.lifecycle import FINAL
from apps.dossiers.models import Dossier
from apps.dossiers.services.ending import approve_withdrawal, request_withdrawal
from apps.organisations.enums import UnitKind
from apps.organisations.permissions import require_house
from kernel.actors import Actor
from kernel.commands import command

_REASON = "Hồ sơ kiểm tra hệ thống còn sót"


@command
def withdraw_probes(*, by: Actor, now: datetime) -> int:
    """Every dossier of the probe unit that is still open; returns how many there were. Raises NotYourUnit."""
    require_house(by)
    open_ones = (
        Dossier.objects.filter(receiving_unit__kind=UnitKind.PROBE)
        .exclude(status__in=sorted(FINAL))
        .order_by("id")
        .values_list("id", "status")
    )
    for dossier_id, status in (found := list(open_ones)):
        if status != Status.WITHDRAWAL_REQUESTED:
            request_withdrawal(dossier_id=dossier_id, reason=_REASON, by=by, now=now)
        approve_withdrawal(dossier_id=dossier_id, by=by, now=now)
    return len(found)
