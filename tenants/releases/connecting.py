"""The fleet's connections, and the lock of its one runner."""

from tenants.provisioning.connecting import LOCK_SECONDS, connect, lock_key, tenant_lock

__all__ = ["LOCK_SECONDS", "RUNNER_LOCK", "connect", "lock_key", "tenant_lock"]

RUNNER_LOCK = lock_key("rollout")
