"""A stamp in Valkey that changes whenever a host may answer differently from before.

Every process looks at it at most once a second and drops what it remembers
of hosts when it has changed, so that a suspension is felt everywhere within
about a second. It is an accelerator only: without Valkey the 30 s of the memory
itself still hold.
"""

import secrets
from functools import lru_cache

import structlog
from django.conf import settings
from django.db import connection

from kernel.valkey import redis

_SECONDS = 0.25  # a look must never keep a request waiting
log = structlog.get_logger("registry")


@lru_cache(maxsize=1)  # one pool of connections a process; it belongs to no tenant
def _client() -> "redis.Redis":
    # Imported late, as kernel.valkey says.
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_SECONDS,
        socket_connect_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def _key() -> str:
    return f"motcua:{connection.settings_dict['NAME']}:hosts"


def read_stamp() -> str | None:
    """None when nothing has changed since Valkey was started. Raises redis.RedisError."""
    value = _client().get(_key())
    return None if value is None else str(value)


def renew_stamp() -> bool:
    """Tell every process that hosts have to be looked up anew. False when Valkey does not answer."""
    try:
        _client().set(_key(), secrets.token_hex(8))
    except redis.RedisError as failure:
        log.warning("stamp not renewed", exception=type(failure).__qualname__)
        return False
    return True
