"""The code of tomorrow: for each release one migration more over the table of dossiers, and a manifest that names it.

Written below the bench's home. Odd things have no place here: a column is one
that today's code can live with, and an index is built CONCURRENTLY.
"""

import os
import shutil

from infra.bench.fleet.settings import HOME, ROOT
from tenants.provisioning.migrating import leaves_in_code
from tenants.releases.manifests import Manifest, newest_manifest

_CODE = HOME / "code"
_COLUMN = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "{before}")]
    operations = [
        migrations.AddField("dossier", "bench_{number}", models.CharField(max_length=20, null=True)),
    ]
"""
_INDEX = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("dossiers", "{before}")]
    operations = [
        AddIndexConcurrently("dossier", models.Index(fields=["status_at", "id"], name="bench_{number}")),
    ]
"""
_MANIFEST = """name = "{name}"
title = "Bản đo {number}"
notes = "Chỉ có trong lần đo."
serves_code_from = "{base}"
needs_schema_from = "{base}"
defer_days = 7

[leaves]
{leaves}
"""


def name_of(number: int) -> str:
    """Of the release that brings the ``number``-th migration, from 1."""
    return f"2099.1.{number}"


def write_tomorrow(owner: str, kinds: list[str]) -> dict[str, str]:
    """``kinds``: COLUMN or INDEX, one a release; each ``owner`` has a code of its own.

    Returns the environment in which this code runs.
    """
    base = newest_manifest()
    package = f"bench_{owner}_{len(kinds)}"
    folder, manifests = _CODE / package, _CODE / f"releases_{owner}_{len(kinds)}"
    for place in (folder, manifests):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ROOT / "apps" / "dossiers" / "migrations", folder)
    shutil.copytree(base.file.parent, manifests)
    before = base.leaves["dossiers"]
    for number, kind in enumerate(kinds, start=1):
        name = f"{9000 + number}_bench_{number}"
        text = _COLUMN if kind == "COLUMN" else _INDEX
        (folder / f"{name}.py").write_text(text.format(before=before, number=number))
        (manifests / f"{name_of(number)}.toml").write_text(_manifest(base, number, name))
        before = name
    paths = [os.environ["PYTHONPATH"], str(_CODE)]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "infra.bench.fleet.django_settings",
        "BENCH_MIGRATIONS": package,
        "RELEASE_MANIFESTS": str(manifests),
        "PYTHONPATH": os.pathsep.join(paths),
    }


def _manifest(base: Manifest, number: int, migration: str) -> str:
    leaves = {**leaves_in_code(), "dossiers": migration}
    lines = "\n".join(f'{app} = "{name}"' for app, name in sorted(leaves.items()))
    return _MANIFEST.format(name=name_of(number), number=number, base=base.name, leaves=lines)
