"""One person stands in for another."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.enums import Duty
from apps.accounts.errors import (
    DatesReversed,
    DelegationGroundMissing,
    DelegationInThePast,
    DelegationToSelf,
    DelegationUnknown,
    DutyNotHeld,
    DutyUnknown,
)
from apps.accounts.models import Delegation, DutyAssignment, User
from apps.accounts.selectors import in_force
from apps.accounts.services.editing import locked, require_administrator_of
from apps.audit.services import record
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean


@transaction.atomic
def delegate(
    *,
    from_user_id: int,
    to_user_id: int,
    duties: tuple[str, ...],
    from_date: date,
    to_date: date,
    ground: str,
    by: Actor,
    now: datetime,
) -> int:
    """The giver's own duties of these kinds, with their scopes, for these days; returns the delegation's key.

    By the giver, or by an administrator of the giver's unit. What was
    delegated to the giver cannot be passed on. Raises UserUnknown, UserRetired,
    NotYourUnit, DelegationToSelf, DutyUnknown, DutyNotHeld, DatesReversed,
    DelegationInThePast, DelegationGroundMissing.
    """
    if from_user_id == to_user_id:
        raise DelegationToSelf(field="to_user")
    giver, taker = locked(from_user_id), locked(to_user_id)
    if by.id != giver.id:
        require_administrator_of(giver, by)
    if to_date < from_date:
        raise DatesReversed(field="to_date")
    if to_date < timezone.localdate(now):
        raise DelegationInThePast(field="to_date")
    if not clean(ground):
        raise DelegationGroundMissing(field="ground")
    _refuse_what_is_not_held(giver, duties, from_date)
    delegation = Delegation.objects.create(
        public_id=uuid7(),
        from_user=giver,
        to_user=taker,
        duties=sorted(set(duties)),
        from_date=from_date,
        to_date=to_date,
        ground=clean(ground)[:300],
    )
    record(
        by=by,
        action="duty.delegated",
        subject_type="user",
        subject_id=giver.id,
        now=now,
        after={
            "to_user_id": taker.id,
            "duties": delegation.duties,
            "from": from_date.isoformat(),
            "to": to_date.isoformat(),
            "ground": delegation.ground,
        },
    )
    return delegation.id


def _refuse_what_is_not_held(giver: User, duties: tuple[str, ...], on: date) -> None:
    if not duties:
        raise DutyUnknown(field="duties", duty="")
    held = set(DutyAssignment.objects.filter(in_force(on), user=giver).values_list("duty", flat=True))
    for duty in duties:
        if duty not in Duty.values:
            raise DutyUnknown(field="duties", duty=duty)
        if duty not in held:
            raise DutyNotHeld(field="duties", name=giver.full_name, duty=Duty(duty).label)


@transaction.atomic
def end_delegation(*, delegation_id: int, by: Actor, now: datetime) -> None:
    """From this moment on. Ended already: nothing happens. Raises DelegationUnknown, NotYourUnit."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("from_user")
        .filter(id=delegation_id)
        .first()
    )
    if delegation is None:
        raise DelegationUnknown()
    if by.id != delegation.from_user_id:
        require_administrator_of(delegation.from_user, by)
    if delegation.ended_at is not None:
        return
    delegation.ended_at = now
    delegation.save(update_fields=["ended_at"])
    record(
        by=by,
        action="duty.delegation_ended",
        subject_type="user",
        subject_id=delegation.from_user_id,
        now=now,
        before={"to_user_id": delegation.to_user_id, "duties": delegation.duties},
    )
