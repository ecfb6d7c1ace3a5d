"""``python -m infra.bench.catalogue``; ``--part search`` (may be repeated) measures that part alone."""

import os
import sys
from argparse import ArgumentParser

from infra.bench.catalogue.parts import NEEDS, NEEDS_FACTS, PARTS
from infra.bench.catalogue.settings import (
    HOME,
    POSTGRES,
    POSTGRES_PORT,
    ROOT,
    VALKEY_PORT,
    environment,
    facts_missing,
)
from infra.bench.progress import say
from infra.services import ServicesDown, start_services, stop_services
from infra.services.place import forget_place


def main() -> int:
    parser = ArgumentParser(prog="python -m infra.bench.catalogue", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--keep", action="store_true", help="leave the data where it is, for looking into it")
    chosen = parser.parse_args()
    wanted = {need for part in chosen.part or PARTS for need in (part, *NEEDS.get(part, ()))}
    left_out = wanted & NEEDS_FACTS if facts_missing() else set()
    if left_out:
        missing = ", ".join(str(path) for path in facts_missing())
        say(f"Không đo {', '.join(sorted(left_out))}: thiếu {missing} (thư mục dữ liệu thật, ngoài dự án).")
    parts = [part for part in PARTS if part in wanted - left_out]
    return _measure(parts, keep=chosen.keep) if parts else 0


def _measure(parts: list[str], *, keep: bool) -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    _forget()
    try:
        addresses = start_services(
            HOME, settings=POSTGRES, postgres_port=POSTGRES_PORT, valkey_port=VALKEY_PORT
        )
        os.environ.update(environment() | addresses.environment)
        # Imported late: settings read the environment.
        from infra.bench.catalogue.run import run

        run(parts)
    except ServicesDown as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        if keep:
            stop_services(HOME)
        else:
            _forget()
    return 0


def _forget() -> None:
    """Every run begins with nothing."""
    stop_services(HOME, forgetting=True)
    forget_place(HOME)


if __name__ == "__main__":
    raise SystemExit(main())
