"""An account changes."""

from datetime import datetime

from django.db import transaction

from apps.accounts.errors import FullNameMissing, UserRetired, UserUnknown
from apps.accounts.models import User
from apps.accounts.passwords import refuse_weak
from apps.accounts.selectors import UserView, view_user
from apps.accounts.services.creating import folded_names
from apps.audit.services import record
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import get_unit
from kernel.actors import Actor
from kernel.vietnamese import clean, sort_key


def locked(user_id: int) -> User:
    """Raises UserUnknown, UserRetired."""
    user = User.objects.select_for_update(of=("self",)).filter(id=user_id).first()
    if user is None:
        raise UserUnknown()
    if not user.is_active:
        raise UserRetired(name=user.full_name)
    return user


def require_administrator_of(user: User, by: Actor) -> None:
    require_administrator(by, get_unit(user.unit_id).path if user.unit_id else None)


@transaction.atomic
def edit_user(
    *, user_id: int, full_name: str, unit_id: int, by: Actor, now: datetime, email: str = "", phone: str = ""
) -> UserView:
    """Another name, place of work or address. Duties stay: they have units of their own.

    Raises UserUnknown, UserRetired, FullNameMissing, UnitUnknown, NotYourUnit.
    """
    user = locked(user_id)
    require_administrator_of(user, by)
    require_administrator(by, get_unit(unit_id).path)
    if not clean(full_name):
        raise FullNameMissing(field="full_name")
    before = {"unit_id": user.unit_id}
    user.full_name, user.unit_id = clean(full_name), unit_id
    user.name_sort = sort_key(user.full_name)
    user.name_search = folded_names(user.username, user.full_name)
    user.email, user.phone = email.strip(), phone.strip()
    user.save()
    record(
        by=by,
        action="user.edited",
        subject_type="user",
        subject_id=user.id,
        now=now,
        before=before,
        after={"unit_id": unit_id},
    )
    return view_user(user)


@transaction.atomic
def set_password(*, user_id: int, password: str, by: Actor, now: datetime) -> None:
    """By the person or by an administrator of their unit; every other session of theirs ends.

    Raises UserUnknown, UserRetired, PasswordWeak, NotYourUnit.
    """
    user = locked(user_id)
    if by.id != user.id:
        require_administrator_of(user, by)
    refuse_weak(password, user=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, action="user.password_set", subject_type="user", subject_id=user.id, now=now)
