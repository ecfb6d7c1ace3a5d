"""How often a name, an address, and both together may fail to sign in."""

from apps.accounts.errors import SignInLocked
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, forget, give_back

ATTEMPTS_PER_NAME_AND_ADDRESS = 5
ATTEMPTS_PER_NAME = 50  # from many addresses
ATTEMPTS_PER_ADDRESS = 100  # many names; a centre may sit behind one address


def _counters(username: str, address: str) -> tuple[Counter, ...]:
    return (
        Counter("sign-in:pair", f"{username}\n{address}", ATTEMPTS_PER_NAME_AND_ADDRESS),
        Counter("sign-in:name", username, ATTEMPTS_PER_NAME),
        Counter("sign-in:address", address, ATTEMPTS_PER_ADDRESS),
    )


def count_attempt(*, username: str, address: str) -> None:
    """Raises SignInLocked once there were too many; that attempt's password is not looked at."""
    exhausted = find_exhausted(_counters(username, address))
    if exhausted is not None:
        raise SignInLocked(limit=exhausted.limit, minutes=WINDOW_SECONDS // 60)


def forgive(*, username: str, address: str) -> None:
    """After a success: the name's failures are forgotten, and the address gets this attempt back."""
    pair, name, whole_address = _counters(username, address)
    forget((pair, name))
    give_back((whole_address,))
