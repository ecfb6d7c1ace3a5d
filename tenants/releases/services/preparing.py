"""The centre, brought to the code's state: its own schema, every release compiled, the template at the newest."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db.models import Case, When
from psycopg.errors import LockNotAvailable

from tenants.provisioning.migrating import leaves_in_code
from tenants.provisioning.services import prepare_centre
from tenants.registry.context import central_context
from tenants.registry.enums import Ring, TenantState
from tenants.registry.models import Tenant
from tenants.releases.connecting import connect
from tenants.releases.errors import LeavesDiffer
from tenants.releases.manifests import list_manifests
from tenants.releases.services.compiling import compile_releases
from tenants.releases.standing_copy import stand_at


def prepare_central(*, host: str, now: datetime, say: Callable[[str], None] = lambda line: None) -> None:
    """Run again, it changes only what differs. Tenants are not touched: that is a rollout's work.

    Raises LeavesDiffer when the code has migrations that its newest manifest does not name.
    """
    manifests = list_manifests()
    newest = manifests[-1]
    in_code = leaves_in_code()
    if newest.leaves != in_code:
        differing = sorted(dict({*newest.leaves.items()} ^ {*in_code.items()}))
        raise LeavesDiffer(release=newest.name, apps=", ".join(differing))
    prepare_centre(host=host, now=now, say=say)
    compile_releases(manifests, now=now, say=say)
    _make_room_for_rehearsal()


def _make_room_for_rehearsal() -> None:
    """Where the first tenant stands that will try the next release; without any tenant, nowhere."""
    with central_context():
        tenants = Tenant.objects.exclude(schema_name="public").exclude(state=TenantState.RETIRED)
        found = tenants.order_by(Case(When(ring=Ring.PILOT, then=0), default=1), "release")
        release = found.values_list("release", flat=True).first()
    if release is not None:
        # Where a rehearsal is on in it, the next one sees to it.
        with connect(name="rehearsal") as connection, suppress(LockNotAvailable):
            stand_at(connection, release)
