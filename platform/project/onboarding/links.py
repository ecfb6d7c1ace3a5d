"""The first way in for the first administrators: a link each, told once."""

from datetime import datetime

from django.utils import timezone

from apps.accounts.selectors import get_users_by_username, list_administrators
from apps.accounts.services import issue_first_link
from kernel.actors import Actor
from tenants.provisioning.errors import DataDropped
from tenants.provisioning.onboarding.errors import PersonUnknown
from tenants.provisioning.onboarding.links import FirstAddress
from tenants.registry.addresses import public_address
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant


def issue_missing_links(
    tenant: Tenant, by: Actor, now: datetime, *, again: bool = False
) -> list[FirstAddress]:
    """For those who administer the whole tenant, have no password and hold no working link; no other link is voided.

    ``again``: for those who hold a working link as well, which they have lost; it is voided.
    """
    with tenant_context(tenant):
        waiting = [
            one
            for one in list_administrators(on=timezone.localdate(now), now=now)
            if not one.has_password and (again or not one.has_working_link)
        ]
        return [_issue(one.id, one.username, one.full_name, by, now) for one in waiting]


def issue_link(*, tenant: Tenant, username: str, by: Actor, now: datetime) -> FirstAddress:
    """A new one for anybody of the tenant; the older one is voided. Raises DataDropped, PersonUnknown, UserRetired."""
    if tenant.dropped_at is not None:
        raise DataDropped(owner=tenant.name)
    with tenant_context(tenant):
        user = get_users_by_username([username]).get(username)
        if user is None:
            raise PersonUnknown(tenant=tenant.name, value=username)
        return _issue(user.id, user.username, user.full_name, by, now)


def _issue(user_id: int, username: str, full_name: str, by: Actor, now: datetime) -> FirstAddress:
    token = issue_first_link(user_id=user_id, by=by, now=now)
    return FirstAddress(username, full_name, public_address(f"/first/{token}/"))
