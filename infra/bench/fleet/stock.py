"""django-tenants' own way, on an equal fleet in a database of its own.

Its schemas are made by replaying our script (a hundred of its own births would
take a quarter of an hour), each with the list of applied migrations that its own
way leaves behind, so that exactly one migration is pending where one is measured.
"""

from functools import cached_property

import psycopg

from infra.bench.fleet.commands import manage
from infra.bench.fleet.databases import make_database
from infra.bench.fleet.settings import FLEET, STOCK_BIRTHS, STOCK_DATABASE, code_of, host_of
from infra.bench.fleet.tomorrow import write_tomorrow
from infra.bench.progress import step
from tenants.provisioning.scripts import get_script

EXECUTORS = ("standard", "multiprocessing")


class Stock:
    def __init__(self, database_url: str, release: int) -> None:
        self._release = release
        self._columns = 0
        self._is_grown = False
        with step("Cách gốc: lược đồ trung ương"):
            self._url = make_database(database_url, STOCK_DATABASE)
            manage("migrate_schemas", "--shared", "-v0", around=self._around(0))

    @cached_property
    def births(self) -> list[float]:
        """Seconds of each: what TenantMixin.save does for a new row, CREATE SCHEMA and a migrate, as a command."""
        with step(f"Cách gốc: tạo {STOCK_BIRTHS} đơn vị"):
            return [self._born(number) for number in range(STOCK_BIRTHS)]

    def add_column(self, executor: str) -> float:
        """Seconds of one more column over a hundred schemas."""
        self.grow()
        self._columns += 1
        seconds = self._migrate(executor, self._columns)
        self._require_column(self._columns)
        return seconds

    @cached_property
    def idle(self) -> dict[str, float]:
        """Seconds with nothing to do, by executor."""
        self.grow()
        with step(f"Cách gốc: không có gì để làm, {FLEET} đơn vị"):
            return {executor: self._migrate(executor, self._columns) for executor in EXECUTORS}

    def _migrate(self, executor: str, columns: int) -> float:
        return manage(
            "migrate_schemas", "--tenant", f"--executor={executor}", "-v0", around=self._around(columns)
        )

    def _around(self, columns: int) -> dict[str, str]:
        return {
            **write_tomorrow("stock", ["COLUMN"] * columns),
            "DATABASE_URL": self._url,
            "DJANGO_SETTINGS_MODULE": "infra.bench.fleet.stock_settings",
        }

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self._url, autocommit=True)

    def _born(self, number: int) -> float:
        with self._connect() as connection:
            _register(connection, number)
            connection.execute(f"CREATE SCHEMA {code_of(number).lower()}")
        return manage(
            "migrate_schemas", "--tenant", "-s", code_of(number).lower(), "-v0", around=self._around(0)
        )

    def grow(self) -> None:
        """To a hundred schemas, once; by a script of ours, with the list of migrations that its own births left."""
        if self._is_grown:
            return
        self._is_grown, born, first = True, len(self.births), code_of(0).lower()
        script = get_script(self._release)
        with step(f"Cách gốc: {born} → {FLEET} lược đồ bằng kịch bản của ta"), self._connect() as connection:
            for number in range(born, FLEET):
                schema = code_of(number).lower()
                half = script.under(schema)
                with connection.transaction():
                    _register(connection, number)
                    connection.execute(f"{half.pre_sql}\n{half.post_sql}")
                    connection.execute(f"DELETE FROM {schema}.django_migrations")  # noqa: S608 - names of our own
                    connection.execute(
                        f"INSERT INTO {schema}.django_migrations (app, name, applied) "  # noqa: S608 - names of our own
                        f"SELECT app, name, applied FROM {first}.django_migrations ORDER BY id"
                    )
            connection.execute("VACUUM ANALYZE")

    def _require_column(self, number: int) -> None:
        with self._connect() as connection:
            found = connection.execute(
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'dossiers_dossier' "
                "AND column_name = %s", [f"bench_{number}"],
            ).fetchone()  # fmt: skip
        if found != (FLEET,):
            raise RuntimeError(f"the stock way left {found} of {FLEET} schemas with column {number}")


def _register(connection: "psycopg.Connection[tuple[object, ...]]", number: int) -> None:
    code = code_of(number)
    connection.execute(
        "INSERT INTO registry_tenant "
        "(schema_name, public_id, code, name, kind, state, notice, ring, release, created_at) "
        "VALUES (%s, gen_random_uuid(), %s, %s, 'PROVINCE', 'READY', '', 'GENERAL', 1, now())",
        [code.lower(), code, f"Tỉnh đo {code}"],
    )
    connection.execute(
        "INSERT INTO registry_domain (domain, is_primary, redirects, tenant_id) "
        "SELECT %s, true, false, id FROM registry_tenant WHERE code = %s",
        [host_of(number), code],
    )
