"""The centre, brought to the code's state: its own schema, every release compiled, the template at the newest."""

from collections.abc import Callable
from datetime import datetime

from tenants.provisioning.migrating import leaves_in_code
from tenants.provisioning.services import prepare_centre
from tenants.releases.errors import LeavesDiffer
from tenants.releases.manifests import list_manifests
from tenants.releases.services.compiling import compile_releases


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
