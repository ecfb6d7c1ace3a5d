"""What a dossier costs, and the group of people that lowers it: said at intake, decided at acceptance."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from apps.accounts.enums import Duty
from apps.dossiers import errors
from apps.dossiers.intake import Intake
from apps.dossiers.models import Dossier
from apps.fees import services as fees
from apps.fees.assessment import Group, list_choices
from apps.fees.enums import ExemptionState
from apps.fees.errors import ExemptionUndecided
from apps.fees.selectors import FeesView
from apps.organisations.selectors import Leaf
from apps.procedures.selectors import AdoptedView
from kernel.actors import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Claim:
    """What a declaration that is taken over says of its citizen; ``group_key`` is "" where it says nothing."""

    group_key: str = ""
    declaration: str = ""

    @property
    def said_by(self) -> Actor:
        name = str(_("Tờ khai trước {code}")).format(code=self.declaration)
        return Actor(kind=ActorKind.APPLICANT, id=None, name=name)


def charge(
    dossier: Dossier, intake: Intake, version: AdoptedView, unit: Leaf, claim: Claim, by: Actor, now: datetime
) -> dict[str, str]:
    """Write down what is owed; returns what the trail says of a group that is spared.

    A group counts at once where a clerk who receives says so. Said by anybody else it
    is a claim: the fee is whole until it is decided at acceptance. What a declaration
    claims the clerk has to answer. Raises ExemptionUndecided.
    """
    groups = _groups(dossier, version)
    claimed, chosen = groups.get(claim.group_key), groups.get(intake.exempt_group or "")
    sees_papers = by.kind == ActorKind.STAFF and by.may(
        Duty.RECEPTION, unit_path=unit.path, procedure=version.code
    )
    if claimed and sees_papers and intake.exempt_group is None:
        raise ExemptionUndecided(field="exempt_group", group=claimed.name)
    lines = fees.assess(
        fees=version.content["fees"],
        channel=intake.channel,
        case=dossier.case_code,
        copies=intake.copies,
        exempt_group=chosen.key if chosen and sees_papers else None,
    )
    if not lines:
        return {}
    fees.open_fees(subject_id=dossier.id, lines=lines, by=by, now=now)
    group = chosen or claimed
    if group is None:
        return {}
    state = fees.record_exemption(
        subject_id=dossier.id,
        group=group,
        said_by=claim.said_by if group == claimed else by,
        decided_by=by if sees_papers else None,
        confirmed=chosen is not None,
        now=now,
    )
    return _trace(state, group)


def decide_group(
    dossier: Dossier,
    version: AdoptedView,
    owed: FeesView,
    chosen: str | None,
    *,
    by: Actor,
    now: datetime,
) -> dict[str, str]:
    """What a clerk who accepts says: the key of a group, "" for none of them, None where nobody was asked.

    Raises ExemptGroupUnknown, ExemptionUndecided (a claim is open and nobody was asked), ExemptionAfterPayment.
    """
    group = _groups(dossier, version).get(chosen or "")
    if chosen and group is None:
        raise errors.ExemptGroupUnknown(field="exempt_group", procedure=version.code)
    if not owed.lines:
        return {}
    if chosen is None:
        fees.require_decided(subject_id=dossier.id, field="exempt_group")
        return {}
    state = fees.decide_exemption(
        subject_id=dossier.id, rules=version.content["fees"], group=group, by=by, now=now
    )
    return _trace(state, group) if state else {}


def _groups(dossier: Dossier, version: AdoptedView) -> dict[str, Group]:
    """Of the fees that cost something here: what nobody can be spared of makes no claim."""
    choices = list_choices(fees=version.content["fees"], channel=dossier.channel, case=dossier.case_code)
    return {group.key: group for group in choices}


def _trace(state: ExemptionState, group: Group | None) -> dict[str, str]:
    return {"exempt": state.value} | ({"exempt_group": group.name} if group else {})
