"""File keys that carry the tenant, whatever the storage behind them is."""

from django.core.exceptions import SuspiciousFileOperation

from tenants.registry.context import get_current_tenant


def tenant_key(*parts: str) -> str:
    """``h21/2026/11/<id>``; raises NoTenant at the centre."""
    if any(part in ("", ".", "..") or "/" in part or "\\" in part for part in parts):
        raise SuspiciousFileOperation(f"not a plain name: {parts!r}")
    return "/".join((get_current_tenant().schema_name, *parts))


def require_own_key(key: str) -> str:
    """Hand the key back if it belongs to the current tenant; raises otherwise."""
    if not key.startswith(f"{get_current_tenant().schema_name}/") or ".." in key.split("/"):
        raise SuspiciousFileOperation("a file of another tenant was asked for")
    return key
