"""What a seeding may leave out because it is alone in the house and starts over when it is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from tenants.registry.cache import make_key


@contextmanager
def in_haste() -> Iterator[None]:
    """No savepoints, and the cache in this process: about a third of the statements and all round trips to Valkey.

    A refusal inside is a fault of the seeding: the whole transaction goes back, not a part of it.
    What the block puts into the cache is forgotten at its end; it changes nothing that others keep there.
    """
    features, shared = connection.features, caches[DEFAULT_CACHE_ALIAS]
    caches[DEFAULT_CACHE_ALIAS] = LocMemCache("seeding", {"KEY_FUNCTION": make_key})
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True
        caches[DEFAULT_CACHE_ALIAS].clear()
        caches[DEFAULT_CACHE_ALIAS] = shared
