from tenants.provisioning.services.central import prepare_centre
from tenants.provisioning.services.creation import create_tenant, register_tenant
from tenants.provisioning.services.dropping import drop_tenant
from tenants.provisioning.services.forgetting import drop_kept
from tenants.provisioning.services.hosts import add_host, remove_host, rename_tenant, set_host_answers
from tenants.provisioning.services.life import (
    add_alias,
    remove_alias,
    resume_tenant,
    retire_tenant,
    succeed_tenant,
    suspend_tenant,
)

__all__ = [
    "add_alias",
    "add_host",
    "create_tenant",
    "drop_kept",
    "drop_tenant",
    "prepare_centre",
    "register_tenant",
    "remove_alias",
    "remove_host",
    "rename_tenant",
    "resume_tenant",
    "retire_tenant",
    "set_host_answers",
    "succeed_tenant",
    "suspend_tenant",
]
