"""Writing the newest manifest's lists of migrations from the code."""

import re
from collections.abc import Mapping

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tenants.provisioning.migrating import leaves_in_code
from tenants.releases.manifests import forget_manifests, newest_manifest


def draft_newest() -> list[str]:
    """Put the code's last migrations into the newest manifest; returns the apps that changed."""
    manifest, fleet, centre = newest_manifest(), leaves_in_code(), centre_in_code()
    changed = {app for app, _name in {*manifest.leaves.items()} ^ {*fleet.items()}}
    changed |= {app for app, _name in {*manifest.centre.items()} ^ {*centre.items()}}
    if changed:
        text = _with_table(manifest.file.read_text(), "leaves", fleet)
        manifest.file.write_text(_with_table(text, "centre", centre))
        forget_manifests()
    return sorted(changed)


def centre_in_code() -> dict[str, str]:
    """App label → name of its last migration, of every app of the central schema that has migrations."""
    labels = {config.label for config in apps.get_app_configs() if config.name in settings.SHARED_APPS}
    return {app: name for app, name in MigrationLoader(None).graph.leaf_nodes() if app in labels}


def _with_table(text: str, table: str, names: Mapping[str, str]) -> str:
    """The TOML text with the whole of one table written anew; what stands around it is left alone."""
    written = f"[{table}]\n" + "".join(f'{app} = "{name}"\n' for app, name in sorted(names.items()))
    found = re.search(rf"^\[{table}\]\n(?:[^\[\n][^\n]*\n)*", text, flags=re.MULTILINE)
    if found is None:
        return f"{text.rstrip()}\n\n{written}"
    return text[: found.start()] + written + text[found.end() :]
