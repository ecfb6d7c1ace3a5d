"""Guessing a tracking secret must not pay: tries are counted before they are looked at."""

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind

WINDOW_SECONDS = 15 * 60
TRIES_PER_ADDRESS = 20
TRIES_PER_CODE = 20  # from many addresses


class TooManyTries(DomainError):
    """The same for a code that exists and for one that does not."""

    code = "citizen.too_many_tries"
    sentence = _(
        "Đã thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại, "
        "hoặc mang giấy tiếp nhận đến nơi nộp hồ sơ để được trả lời."
    )
    kind = Kind.FORBIDDEN


def count_try(*, code: str, address: str) -> None:
    """Raises TooManyTries; that try is not looked at."""
    for key, limit in _counters(code, address):
        cache.add(key, 0, WINDOW_SECONDS)
        try:
            tries = cache.incr(key)
        except ValueError:  # it ran out between the two lines
            continue
        if tries > limit:
            raise TooManyTries(minutes=WINDOW_SECONDS // 60)


def forgive(*, code: str, address: str) -> None:
    """A right answer was no guess: neither counter keeps it."""
    for key, _limit in _counters(code, address):
        try:
            cache.decr(key)
        except ValueError:
            continue


def _counters(code: str, address: str) -> tuple[tuple[str, int], ...]:
    return (
        (f"track:address:{_digest(address)}", TRIES_PER_ADDRESS),
        (f"track:code:{_digest(code.strip().upper())}", TRIES_PER_CODE),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
