"""Writing the newest manifest's list of migrations from the code."""

import re

from tenants.provisioning.migrating import leaves_in_code
from tenants.releases.manifests import forget_manifests, newest_manifest


def draft_newest() -> list[str]:
    """Put the code's last migrations into the newest manifest; returns the apps that changed."""
    manifest, in_code = newest_manifest(), leaves_in_code()
    changed = sorted(dict({*manifest.leaves.items()} ^ {*in_code.items()}))
    if changed:
        head, _table, _old = re.split(
            r"^(\[leaves\])\n", manifest.file.read_text(), maxsplit=1, flags=re.MULTILINE
        )
        lines = "".join(f'{app} = "{name}"\n' for app, name in sorted(in_code.items()))
        manifest.file.write_text(f"{head}[leaves]\n{lines}")
        forget_manifests()
    return changed
