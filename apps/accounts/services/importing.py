"""A whole agency's staff at once, as an onboarding brings it: a list of people, each with their duties."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.accounts.enums import Duty
from apps.accounts.errors import DutyUnknown
from apps.accounts.models import DutyAssignment, User
from apps.accounts.services.creating import new_account
from apps.audit.services import record
from apps.organisations.permissions import require_administrator
from kernel.actors import Actor
from kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class NewPerson:
    """``duties``: pairs of duty and the unit over which it is held."""

    username: str
    full_name: str
    unit_id: int
    duties: tuple[tuple[str, int], ...]
    email: str = ""
    phone: str = ""


@transaction.atomic
def import_staff(*, people: list[NewPerson], valid_from: date, by: Actor, now: datetime) -> list[int]:
    """People whose name is taken are passed over, so a list may be handed in again; returns the keys of the new.

    Nobody gets a password: one is set later, person by person. Only for who may
    administer the whole tenant. Raises NotYourUnit, UsernameInvalid,
    FullNameMissing, DutyUnknown.
    """
    require_administrator(by, "/")
    known = set(User.objects.values_list("username", flat=True))
    fresh = [person for person in people if person.username not in known]
    accounts = [_account(person) for person in fresh]
    User.objects.bulk_create(accounts, batch_size=500)
    DutyAssignment.objects.bulk_create(
        [
            _assignment(account, duty, unit_id, valid_from)
            for person, account in zip(fresh, accounts, strict=True)
            for duty, unit_id in person.duties
        ],
        batch_size=500,
    )
    if accounts:
        record(
            by=by, action="user.imported", subject_type="user", subject_id=None, now=now,
            after={"count": len(accounts)},
        )  # fmt: skip
    return [account.id for account in accounts]


def _account(person: NewPerson) -> User:
    account = new_account(person.username, person.full_name, person.unit_id)
    account.email, account.phone = person.email, person.phone
    account.password = make_password(None)
    return account


def _assignment(account: User, duty: str, unit_id: int, valid_from: date) -> DutyAssignment:
    if duty not in Duty.values:
        raise DutyUnknown(duty=duty)
    return DutyAssignment(public_id=uuid7(), user=account, duty=duty, unit_id=unit_id, valid_from=valid_from)
