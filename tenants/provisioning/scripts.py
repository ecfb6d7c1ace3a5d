"""What a schema is born from: one script a release, compiled when the release is."""

from tenants.provisioning.dumping import Script
from tenants.provisioning.models import TemplateScript
from tenants.registry.context import central_context


def get_script(release: int) -> Script:
    with central_context():
        row = TemplateScript.objects.get(release=release)
    return Script(row.pre_sql, row.post_sql)
