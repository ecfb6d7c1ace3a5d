"""The way in for somebody who has no password yet."""

import secrets
from datetime import datetime

from django.db import transaction

from apps.accounts.first_link import VALID_FOR, count_attempt, digest, find_working, forgive
from apps.accounts.models import FirstLink
from apps.accounts.passwords import refuse_weak
from apps.accounts.selectors import UserView, view_user
from apps.accounts.services.editing import locked, require_administrator_of
from apps.audit.services import record
from kernel.actors import Actor, ActorKind


@transaction.atomic
def issue_first_link(*, user_id: int, by: Actor, now: datetime) -> str:
    """The token, which is told this once and kept nowhere; an older link that is open is voided.

    Raises UserUnknown, UserRetired, NotYourUnit.
    """
    user = locked(user_id)
    require_administrator_of(user, by)
    voided = FirstLink.objects.filter(user=user, used_at__isnull=True, voided_at__isnull=True).update(
        voided_at=now
    )
    token = secrets.token_urlsafe(32)
    link = FirstLink.objects.create(
        user=user, token_sha256=digest(token), created_at=now, expires_at=now + VALID_FOR
    )
    record(
        by=by,
        action="user.first_link_issued",
        subject_type="user",
        subject_id=user.id,
        now=now,
        after={"expires_at": link.expires_at.isoformat(), "voided": voided},
    )
    return token


def use_first_link(*, token: str, password: str, address: str, now: datetime) -> UserView:
    """Set the password that the person has chosen; the link is used up.

    Raises FirstLinkLocked, FirstLinkUnknown, FirstLinkUsed, FirstLinkVoided,
    FirstLinkExpired, PasswordWeak (the link stays good then).
    """
    count_attempt(address=address)
    user = _use(token, password, now)
    forgive(address=address)
    return user


@transaction.atomic
def _use(token: str, password: str, now: datetime) -> UserView:
    # The link's row is locked: of two who press at once, the second finds it used.
    links = FirstLink.objects.select_for_update(of=("self",)).select_related("user")
    link = find_working(links, token=token, now=now)
    user = locked(link.user_id)
    refuse_weak(password, user=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    link.used_at = now
    link.save(update_fields=["used_at"])
    self_made = Actor(kind=ActorKind.STAFF, id=user.id, name=user.full_name, unit_id=user.unit_id)
    record(by=self_made, action="user.first_link_used", subject_type="user", subject_id=user.id, now=now)
    return view_user(user)
