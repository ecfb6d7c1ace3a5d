"""A tenant with a hundred thousand dossiers comes back from its archive, beside the requests to the others."""

import time

import psycopg
from psycopg import sql

from infra.bench.creating import PROCEDURE
from infra.bench.fleet.commands import manage
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.furnishing import furnish
from infra.bench.fleet.settings import (
    BUSY,
    GREAT_TENANT,
    HOME,
    QUIET_SECONDS,
    REQUESTS_A_SECOND,
    WARM_UP_SECONDS,
    code_of,
)
from infra.bench.fleet.traffic import Traffic, failures, mixed_pages, percentile, spread
from infra.bench.fleet.upgrading import furnish_busy
from infra.bench.fleet.web import serving
from infra.bench.progress import step
from tenants.registry.selectors import get_tenant


def measure_restore(fleet: Fleet) -> list[Figure]:
    hosts = furnish_busy(fleet)
    code = code_of(BUSY)
    archive = HOME / f"{code.lower()}.motcua"
    with step(f"{code}: {GREAT_TENANT} hồ sơ"):
        furnish(get_tenant(code), dossiers=GREAT_TENANT)
    around = fleet.newest
    before = _hashes(fleet, code)
    with step(f"{code}: tenant export"):
        exported = manage("tenant", "export", code, "--to", str(archive), around=around)
    _spoil(fleet, code)
    with serving():
        traffic = Traffic(mixed_pages(hosts, PROCEDURE), REQUESTS_A_SECOND)
        title = f"{REQUESTS_A_SECOND} yêu cầu mỗi giây: lúc yên {QUIET_SECONDS} s, rồi tenant restore"
        with step(title), traffic.flowing():
            time.sleep(WARM_UP_SECONDS)
            quiet_from = time.perf_counter()
            time.sleep(QUIET_SECONDS)
            quiet_to = time.perf_counter()
            restored = manage(
                "tenant",
                "restore",
                str(archive),
                "--replace",
                "--confirm",
                code,
                "--drop-replaced",
                around=around,
            )
            ended = time.perf_counter()
    after = _hashes(fleet, code)
    differing = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    quiet, during = traffic.between(quiet_from, quiet_to), traffic.between(quiet_to, ended)
    at_rest = percentile(quiet, 95)
    return [
        Figure("export", f"tenant export, {GREAT_TENANT} hồ sơ", exported, detail={"bytes": archive.stat().st_size}),
        Figure("restore", f"tenant restore, {GREAT_TENANT} hồ sơ, bên cạnh {REQUESTS_A_SECOND} yêu cầu/s", restored,
               at_most=60),
        Figure("restore_tables", f"  bảng khác trước, trong {len(before)}", len(differing), "", at_most=0,
               detail={"differing": differing}),
        Figure("restore_p95", "  p95 của các đơn vị khác", percentile(during, 95), "ms", at_most=1.2 * at_rest,
               detail={"quiet": spread(quiet), "during": spread(during)}),
        Figure("restore_ratio", "  so với lúc yên", percentile(during, 95) / at_rest, "×", at_most=1.2),
        Figure("restore_failed", f"  yêu cầu hỏng, trong {len(quiet) + len(during)}",
               len(failures([*quiet, *during])), "", at_most=0, detail={"said": failures(during)[:20]}),
    ]  # fmt: skip


def _hashes(fleet: Fleet, code: str) -> dict[str, tuple[int, str]]:
    """Rows and a sum of their hashes, by table; columns by name, so that their order does not matter."""
    found = {}
    with psycopg.connect(fleet.database_url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [code.lower()]
        ).fetchall()
        for (table,) in tables:
            row = connection.execute(
                sql.SQL(
                    "SELECT count(*), coalesce(sum(hashtextextended(to_jsonb(t)::text, 0)::numeric), 0)::text FROM {} t"
                ).format(sql.Identifier(code.lower(), table))
            ).fetchone()
            found[table] = row or (0, "")
    return found


def _spoil(fleet: Fleet, code: str) -> None:
    """What the restore is for: rows are gone and others say something else."""
    schema = sql.Identifier(code.lower())
    with psycopg.connect(fleet.database_url) as connection:
        for statement in (
            "UPDATE {}.dossiers_dossier SET owner_name = 'HỎNG' WHERE id %% 7 = 0",
            "DELETE FROM {}.dossiers_party WHERE id %% 11 = 0",
        ):
            connection.execute(sql.SQL(statement.replace("%%", "%")).format(schema))
