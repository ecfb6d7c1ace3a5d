"""Which first link a token opens, and why it does not: the one reading that page, command and service share."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.errors import (
    FirstLinkExpired,
    FirstLinkLocked,
    FirstLinkUnknown,
    FirstLinkUsed,
    FirstLinkVoided,
)
from apps.accounts.models import FirstLink
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, give_back

VALID_FOR = timedelta(days=7)
ATTEMPTS_PER_ADDRESS = 30  # an office may sit behind one address; 256 bits are not guessed anyway


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_working(links: QuerySet[FirstLink], *, token: str, now: datetime) -> FirstLink:
    """Raises FirstLinkUnknown, FirstLinkUsed, FirstLinkVoided, FirstLinkExpired."""
    link = links.filter(token_sha256=digest(token)).first()
    if link is None or not link.user.is_active:
        raise FirstLinkUnknown()
    for refusal, moment in (
        (FirstLinkUsed, link.used_at),
        (FirstLinkVoided, link.voided_at),
        (FirstLinkExpired, link.expires_at if link.expires_at <= now else None),
    ):
        if moment is not None:
            raise refusal(at=f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}")
    return link


def count_attempt(*, address: str) -> None:
    """Before the token is looked at. Raises FirstLinkLocked."""
    if find_exhausted(_counters(address)) is not None:
        raise FirstLinkLocked(minutes=WINDOW_SECONDS // 60)


def forgive(*, address: str) -> None:
    """The attempt was right: it does not count."""
    give_back(_counters(address))


def _counters(address: str) -> tuple[Counter, ...]:
    return (Counter("first-link:address", address, ATTEMPTS_PER_ADDRESS),)
