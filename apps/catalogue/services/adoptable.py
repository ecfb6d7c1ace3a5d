"""The version that a tenant speaks of: one that may be adopted."""

from uuid import UUID

from apps.catalogue.enums import ADOPTABLE
from apps.catalogue.errors import VersionNotPublished, VersionUnknown
from apps.catalogue.models import TemplateVersion


def get_adoptable(version: UUID) -> TemplateVersion:
    """At the centre. Raises VersionUnknown, VersionNotPublished."""
    found = TemplateVersion.objects.select_related("template").filter(public_id=version).first()
    if found is None:
        raise VersionUnknown
    if found.state not in ADOPTABLE:
        raise VersionNotPublished(template=found.template.code, number=found.number)
    return found
