"""``python -m infra.bench``: the main job, the fleet, then the national catalogue.

``--only job``, ``--only fleet`` or ``--only catalogue`` measures one of them; ``--fresh`` loads the million rows again;
``--part upgrade`` is handed on to the bench that is meant.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser

from infra.bench.settings import HOME, POSTGRES, POSTGRES_PORT, ROOT, VALKEY_PORT, environment
from infra.services import ServicesDown, start_services, stop_services


def main() -> int:
    parser = ArgumentParser(prog="python -m infra.bench", description=__doc__)
    parser.add_argument("--only", choices=("job", "fleet", "catalogue"), help="measure only this")
    parser.add_argument("--fresh", action="store_true", help="load the million dossiers again")
    chosen, rest = parser.parse_known_args()
    code = _main_job(fresh=chosen.fresh) if chosen.only in (None, "job") else 0
    for other in ("fleet", "catalogue"):
        if code == 0 and chosen.only in (None, other):
            # A process of its own: it has other servers, and other settings.
            code = subprocess.run(
                [sys.executable, "-m", f"infra.bench.{other}", *rest], cwd=ROOT, check=False
            ).returncode
    return code


def _main_job(*, fresh: bool) -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    try:
        addresses = start_services(
            HOME, settings=POSTGRES, postgres_port=POSTGRES_PORT, valkey_port=VALKEY_PORT
        )
        os.environ.update(environment() | addresses.environment)
        # Imported late: settings read the environment.
        from infra.bench.run import run

        run(fresh=fresh)
    except ServicesDown as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        if HOME.exists():
            stop_services(HOME)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
