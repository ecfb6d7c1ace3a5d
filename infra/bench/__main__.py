"""``python -m infra.bench``; ``python -m infra.bench --fresh`` loads the rows again."""

import os
import sys

from infra.bench.settings import HOME, POSTGRES, POSTGRES_PORT, ROOT, VALKEY_PORT, environment
from infra.services import ServicesDown, start_services, stop_services


def main() -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    try:
        addresses = start_services(
            HOME, settings=POSTGRES, postgres_port=POSTGRES_PORT, valkey_port=VALKEY_PORT
        )
        os.environ.update(environment() | addresses.environment)
        # Imported late: settings read the environment.
        from infra.bench.run import run

        run(fresh="--fresh" in sys.argv)
    except ServicesDown as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        if HOME.exists():
            stop_services(HOME)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
