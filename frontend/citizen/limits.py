"""How often a code, and an address, may be tried with a tracking secret."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, give_back

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


def _counters(code: str, address: str) -> tuple[Counter, ...]:
    return (
        Counter("track:address", address, TRIES_PER_ADDRESS),
        Counter("track:code", code.strip().upper(), TRIES_PER_CODE),
    )


def count_try(*, code: str, address: str) -> None:
    """Raises TooManyTries; that try is not looked at."""
    if find_exhausted(_counters(code, address)) is not None:
        raise TooManyTries(minutes=WINDOW_SECONDS // 60)


def forgive(*, code: str, address: str) -> None:
    """A right answer was no guess: neither counter keeps it."""
    give_back(_counters(code, address))
