"""Cache keys that carry the tenant: nobody reads what another's work has cached."""

from typing import Any, cast

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from tenants.registry.context import find_current_tenant


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION. The schema's name is first, so one tenant can be dropped by prefix."""
    tenant = find_current_tenant()
    return f"{tenant.schema_name if tenant else 'public'}:{key_prefix}:{version}:{key}"


def reverse_key(key: str) -> str:
    return key.split(":", 3)[3]


_Stock: Any = RedisCacheClient  # its types leave out what a subclass is made for


class _KeptClient(_Stock):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clients: dict[int, Any] = {}

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        index = self._get_connection_pool_index(write)
        if index not in self._clients:
            self._clients[index] = self._client(connection_pool=self._get_connection_pool(write))
        return self._clients[index]


class TenantCache(RedisCache):
    """Django's, with its client kept: to make one anew for every look costs as much as the look."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient

    def forget_tenant(self, schema: str) -> None:
        """Everything that was kept for one tenant, its sessions too: its rows have been exchanged."""
        client = cast(Any, self)._cache.get_client(write=True)
        waiting: list[Any] = []
        for key in client.scan_iter(match=f"{schema}:*", count=1000):
            waiting.append(key)
            if len(waiting) == 1000:
                client.unlink(*waiting)
                waiting = []
        if waiting:
            client.unlink(*waiting)
