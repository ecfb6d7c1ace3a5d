"""Somebody leaves; nothing of theirs is left lying."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.errors import SuccessorRetired
from apps.accounts.events import StaffLeft
from apps.accounts.models import Delegation, DutyAssignment, User
from apps.accounts.selectors import AssignmentView, list_assignments
from apps.accounts.services.assigning import end
from apps.accounts.services.editing import locked, require_administrator_of
from apps.audit.services import record
from kernel.actors import Actor
from kernel.outbox.services import publish


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the one who left had. ``uncovered``: those duties that the successor does not hold."""

    from_user_id: int
    to_user_id: int | None
    ended: tuple[AssignmentView, ...]
    uncovered: tuple[AssignmentView, ...]


@transaction.atomic
def retire_user(*, user_id: int, hand_over_to: int | None, by: Actor, now: datetime) -> HandOver:
    """The account is closed, duties and delegations end; open steps go to ``hand_over_to`` after StaffLeft.

    Duties are not given to the successor by themselves: what they lack stands
    in ``uncovered`` for an administrator to assign. Raises UserUnknown,
    UserRetired, NotYourUnit, SuccessorRetired.
    """
    user = locked(user_id)
    require_administrator_of(user, by)
    if hand_over_to is not None and not _fit(hand_over_to, user_id):
        raise SuccessorRetired(field="hand_over_to")
    today = timezone.localdate(now)
    held = list_assignments(user_id=user_id, on=today)
    for assignment in DutyAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), user=user
    ):
        end(assignment, today)
    Delegation.objects.filter(Q(from_user=user) | Q(to_user=user), ended_at__isnull=True).update(ended_at=now)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record(
        by=by,
        action="user.retired",
        subject_type="user",
        subject_id=user.id,
        now=now,
        before={"duties": [view.duty for view in held]},
        after={"hand_over_to": hand_over_to},
    )
    publish(
        event=StaffLeft(
            user_id=user.id, hand_over_to=hand_over_to, at=now.isoformat(), by_id=by.id, by_name=by.name
        ),
        now=now,
    )
    theirs = list_assignments(user_id=hand_over_to, on=today) if hand_over_to else []
    uncovered = tuple(view for view in held if not any(view.is_within(other) for other in theirs))
    return HandOver(from_user_id=user.id, to_user_id=hand_over_to, ended=tuple(held), uncovered=uncovered)


def _fit(successor_id: int, user_id: int) -> bool:
    return (
        successor_id != user_id
        and User.objects.filter(id=successor_id, is_active=True, is_program=False).exists()
    )
