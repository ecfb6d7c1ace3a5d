"""Two people press at once on one link: one chooses the password, the other is told that it was used."""

import threading
from datetime import date

from django.db import connection

from apps.accounts.errors import FirstLinkUsed
from apps.accounts.models import User
from apps.accounts.services import create_user, issue_first_link, use_first_link
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context

PASSWORDS = ("Mat-khau-thu-nhat-1", "Mat-khau-thu-hai-2")


def test_of_two_at_once_the_second_finds_the_link_used(throwaway_tenant, now):
    """Take ``select_for_update`` out of ``_use``: both find it unused, both succeed, and the last password wins."""
    tenant = throwaway_tenant
    unit = create_unit(
        code=tenant.code, name="Tỉnh", kind="PROVINCE", parent_id=None, valid_from=date(2025, 7, 1), by=SYSTEM, now=now
    )  # fmt: skip
    user = create_user(
        username="quantri", full_name="Quản Trị", unit_id=unit.id, password=None, by=SYSTEM, now=now
    )
    token, start, outcomes = issue_first_link(user_id=user.id, by=SYSTEM, now=now), threading.Barrier(2), {}

    def press(password: str) -> None:
        try:
            with tenant_context(tenant):
                User.objects.count()  # the connection is there before both set off
                start.wait(20)
                use_first_link(token=token, password=password, address="10.0.0.1", now=now)
                outcomes[password] = "in"
        except FirstLinkUsed:
            outcomes[password] = "used"
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(password,)) for password in PASSWORDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes.values()) == ["in", "used"]
    winner = next(password for password, outcome in outcomes.items() if outcome == "in")
    assert User.objects.get(id=user.id).check_password(winner)
