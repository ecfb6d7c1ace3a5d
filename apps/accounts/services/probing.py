"""The account with which the platform tries itself out: it can sign in for the length of one probe."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.errors import UsernameTaken
from apps.accounts.lockout import forgive
from apps.accounts.models import DutyAssignment, User
from apps.accounts.selectors import UserView, view_user
from apps.accounts.services.creating import new_account
from apps.audit.services import record
from apps.organisations.enums import UnitKind
from apps.organisations.permissions import require_house
from kernel.actors import Actor
from kernel.ids import uuid7


@transaction.atomic
def lend_account(
    *,
    username: str,
    full_name: str,
    unit_id: int,
    duties: tuple[str, ...],
    password: str,
    address: str,
    by: Actor,
    now: datetime,
) -> UserView:
    """Whoever knows ``password`` may sign in until the account is taken back.

    Somebody who has retired the account, or locked it by guessing, has not
    stopped the probe: it is opened again, and the attempts on its name, from
    ``address`` too, are forgotten. Raises NotYourUnit; UsernameTaken where
    somebody of another unit is called so.
    """
    require_house(by)
    user = User.objects.select_for_update(of=("self",)).filter(username=username).first()
    if user is None:
        user = new_account(username, full_name, unit_id)
    elif user.unit_id != unit_id:
        raise UsernameTaken(field="username", username=username)
    user.is_active, user.is_program = True, False
    user.set_password(password)
    user.save()
    _give(user, duties, now)
    forgive(username=username, address=address)
    record(by=by, action="user.lent", subject_type="user", subject_id=user.id, now=now)
    return view_user(user)


@transaction.atomic
def take_account_back(*, username: str, by: Actor, now: datetime) -> None:
    """No password fits any more, and every session of it has ended. No such account: nothing happens.

    Raises NotYourUnit.
    """
    require_house(by)
    mine = User.objects.filter(
        username=username, unit__kind=UnitKind.PROBE
    )  # never a person's who is called so
    user = mine.select_for_update(of=("self",)).first()
    if user is None:
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(by=by, action="user.taken_back", subject_type="user", subject_id=user.id, now=now)


def _give(user: User, duties: tuple[str, ...], now: datetime) -> None:
    held = set(DutyAssignment.objects.filter(user=user, valid_to__isnull=True).values_list("duty", flat=True))
    DutyAssignment.objects.bulk_create(
        DutyAssignment(
            public_id=uuid7(),
            user=user,
            duty=duty,
            unit_id=user.unit_id,
            valid_from=timezone.localdate(now),
        )
        for duty in duties
        if duty not in held
    )
