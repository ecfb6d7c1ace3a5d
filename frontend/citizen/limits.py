"""How often a code, and an address, may be tried with a secret; how many forms one address may begin."""

from django.utils.translation import gettext_lazy as _

from apps.forms.codes import clean_code
from kernel.errors import DomainError, Kind
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, give_back

TRIES_PER_ADDRESS = 20
TRIES_PER_CODE = 20  # from many addresses
DECLARATIONS_PER_ADDRESS = 40  # a school or a library fills in many behind one address


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


class TooManyDeclarations(DomainError):
    code = "citizen.too_many_declarations"
    sentence = _(
        "Từ kết nối này đã có quá nhiều tờ khai mới. Hãy đợi {minutes} phút rồi bấm lại; "
        "nội dung vừa nhập vẫn còn trên trang."
    )
    kind = Kind.FORBIDDEN


def count_opening(*, address: str) -> None:
    """Raises TooManyDeclarations: nothing is opened then."""
    counter = Counter("declare:address", address, DECLARATIONS_PER_ADDRESS)
    if find_exhausted((counter,)) is not None:
        raise TooManyDeclarations(minutes=WINDOW_SECONDS // 60)


def _reopening(code: str, address: str) -> tuple[Counter, ...]:
    return (
        Counter("declared:address", address, TRIES_PER_ADDRESS),
        Counter("declared:code", clean_code(code) or code.strip().upper(), TRIES_PER_CODE),
    )


def count_reopening(*, code: str, address: str) -> None:
    """Raises TooManyTries; that try is not looked at."""
    if find_exhausted(_reopening(code, address)) is not None:
        raise TooManyTries(minutes=WINDOW_SECONDS // 60)


def forgive_reopening(*, code: str, address: str) -> None:
    give_back(_reopening(code, address))
