"""At which release a tenant is born: at that of the fleet, so that nobody is ahead of the pilots.

Rollouts stand above this room, so they hand in which release has been through all rings.
"""

from collections.abc import Callable

from django.db.models import Min

from tenants.provisioning.models import TemplateScript
from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.minimum import get_minimum_release
from tenants.registry.models import Tenant

_settled: Callable[[], int] = lambda: 0  # noqa: E731 - until the roof has said where to read it


def set_settled_release(read: Callable[[], int]) -> None:
    """Wired once by the roof: the number of the newest release whose rollout came to its end; 0 without one."""
    global _settled
    _settled = read


def find_birth_release() -> int | None:
    """The newest release that has been through all rings; before the first rollout, what everybody runs already.

    Never one that the running code no longer serves. A house without tenants has nobody to try anything first:
    its first one is born at the newest release. None when nothing is compiled. Reads the centre.
    """
    with central_context():
        alive = Tenant.objects.exclude(schema_name="public").exclude(state=TenantState.RETIRED)
        lowest = alive.aggregate(lowest=Min("release"))["lowest"]
        if lowest is None:
            return TemplateScript.objects.order_by("-release").values_list("release", flat=True).first()
        return max(lowest, _settled(), get_minimum_release())
