"""Guessing passwords must not pay: failures are counted in the cache, under the tenant's key.

Each attempt is counted before the password is looked at, so that many at once
do not slip through; a success takes its name's count away again.
"""

import hashlib

from django.core.cache import cache

from apps.accounts.errors import SignInLocked

WINDOW_SECONDS = 15 * 60
ATTEMPTS_PER_NAME_AND_ADDRESS = 5
ATTEMPTS_PER_NAME = 50  # from many addresses
ATTEMPTS_PER_ADDRESS = 100  # many names; a centre may sit behind one address


def _counters(username: str, address: str) -> tuple[tuple[str, int], ...]:
    return (
        (_key("pair", f"{username}\n{address}"), ATTEMPTS_PER_NAME_AND_ADDRESS),
        (_key("name", username), ATTEMPTS_PER_NAME),
        (_key("address", address), ATTEMPTS_PER_ADDRESS),
    )


def _key(kind: str, text: str) -> str:
    return f"sign-in:{kind}:{hashlib.sha256(text.encode()).hexdigest()}"


def count_attempt(*, username: str, address: str) -> None:
    """Raises SignInLocked once there were too many; that attempt's password is not looked at."""
    for key, limit in _counters(username, address):
        if _add_one(key) > limit:
            raise SignInLocked(limit=limit, minutes=WINDOW_SECONDS // 60)


def _add_one(key: str) -> int:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, WINDOW_SECONDS)
        return 1


def forgive(*, username: str, address: str) -> None:
    """After a success: the name's failures are forgotten, and the address gets this attempt back."""
    pair, name, whole_address = (key for key, _ in _counters(username, address))
    cache.delete_many([pair, name])
    try:
        cache.decr(whole_address)
    except ValueError:  # it ran out meanwhile
        return
