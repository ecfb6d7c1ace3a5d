"""People and programs get an account."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from apps.accounts.errors import FullNameMissing, UsernameInvalid, UsernameTaken
from apps.accounts.models import User
from apps.accounts.passwords import refuse_weak
from apps.accounts.selectors import UserView, view_user
from apps.audit.services import record
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import get_unit
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean, fold, sort_key

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    unit_id: int,
    password: str | None,
    by: Actor,
    now: datetime,
    email: str = "",
    phone: str = "",
) -> UserView:
    """A person who signs in. Without a password the account waits until one is set.

    Raises UsernameInvalid, UsernameTaken, FullNameMissing, PasswordWeak,
    UnitUnknown, NotYourUnit.
    """
    unit = get_unit(unit_id)
    require_administrator(by, unit.path)
    user = new_account(username, full_name, unit_id)
    user.email, user.phone = email.strip(), phone.strip()
    if password is None:
        user.set_unusable_password()
    else:
        refuse_weak(password, user=user)
        user.set_password(password)
    return _save(user, by, now)


@transaction.atomic
def create_program(*, username: str, full_name: str, unit_id: int, by: Actor, now: datetime) -> UserView:
    """The account behind an API client: it holds duties like a person and can never sign in.

    Raises as create_user.
    """
    require_administrator(by, get_unit(unit_id).path)
    user = new_account(username, full_name, unit_id)
    user.is_program = True
    user.set_unusable_password()
    return _save(user, by, now)


def new_account(username: str, full_name: str, unit_id: int) -> User:
    username, full_name = username.strip().lower(), clean(full_name)
    if _USERNAME.fullmatch(username) is None:
        raise UsernameInvalid(field="username")
    if not full_name:
        raise FullNameMissing(field="full_name")
    return User(
        public_id=uuid7(),
        username=username,
        full_name=full_name,
        name_sort=sort_key(full_name),
        name_search=folded_names(username, full_name),
        unit_id=unit_id,
    )


def folded_names(username: str, full_name: str) -> str:
    return fold(f"{full_name} {username}")[:200]


def _save(user: User, by: Actor, now: datetime) -> UserView:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as clash:
        raise UsernameTaken(field="username", username=user.username) from clash
    record(
        by=by,
        action="user.created",
        subject_type="user",
        subject_id=user.id,
        now=now,
        after={"username": user.username, "unit_id": user.unit_id, "is_program": user.is_program},
    )
    return view_user(user)
