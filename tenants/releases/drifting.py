"""Schemas that are no longer what their release made of them."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from tenants.provisioning.migrating import as_owner
from tenants.provisioning.shape import read_fingerprints
from tenants.registry.models import Tenant
from tenants.releases.models import Release


def find_drifted(*, tenants: Sequence[Tenant]) -> dict[int, str]:
    """Of these tenants, those whose schema is not that of their release: key of the tenant → why, in few words.

    Cheap enough for every wave: one statement for all schemas, worked out by the
    server. What differs in them is find_drift's to say.
    """
    with as_owner("public"):
        releases = {
            number: (name, fingerprint)
            for number, name, fingerprint in Release.objects.values_list("number", "name", "fingerprint")
        }
        with connection.cursor() as cursor:
            found = read_fingerprints(cursor, [tenant.schema_name for tenant in tenants])
    reasons = {}
    for tenant in tenants:
        name, expected = releases.get(tenant.release, ("", ""))
        if not expected:
            reasons[tenant.id] = _("Bản phát hành số {number} chưa được biên dịch.").format(
                number=tenant.release
            )
        elif tenant.schema_name not in found:
            reasons[tenant.id] = _("Không có lược đồ {schema}.").format(schema=tenant.schema_name)
        elif found[tenant.schema_name] != expected:
            reasons[tenant.id] = _("Lược đồ khác với bản {release}.").format(release=name)
    return reasons
