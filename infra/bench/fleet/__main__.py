"""``python -m infra.bench.fleet``; ``--part births`` (may be repeated) measures that part alone."""

import os
import sys
from argparse import ArgumentParser

from infra.bench.fleet.settings import HOME, POSTGRES, POSTGRES_PORT, ROOT, VALKEY_PORT, environment
from infra.services import ServicesDown, start_services, stop_services
from infra.services.place import forget_place

PARTS = ("births", "columns", "idle", "upgrade", "great", "restore", "onboard")  # in this order
_NEEDS = {"great": ("births", "columns", "idle")}  # what a part is compared with


def main() -> int:
    parser = ArgumentParser(prog="python -m infra.bench.fleet", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--keep", action="store_true", help="leave the data where it is, for looking into it")
    chosen = parser.parse_args()
    wanted = {need for part in chosen.part or PARTS for need in (part, *_NEEDS.get(part, ()))}
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    _forget()
    try:
        addresses = start_services(
            HOME, settings=POSTGRES, postgres_port=POSTGRES_PORT, valkey_port=VALKEY_PORT
        )
        os.environ.update(environment() | addresses.environment)
        # Imported late: settings read the environment.
        from infra.bench.fleet.run import run

        run(addresses.database_url, [part for part in PARTS if part in wanted])
    except ServicesDown as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        if chosen.keep:
            stop_services(HOME)
        else:
            _forget()
    return 0


def _forget() -> None:
    """Every run begins with nothing: a fleet of before has columns of before."""
    stop_services(HOME, forgetting=True)
    forget_place(HOME)


if __name__ == "__main__":
    raise SystemExit(main())
