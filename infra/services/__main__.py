"""``python -m infra.services start|stop|forget FOLDER``: for a developer who wants the servers alone."""

import sys
from pathlib import Path

from infra.services.failures import ServiceFailed
from infra.services.place import forget_place
from infra.services.running import start_services, stop_services


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1] not in ("start", "stop", "forget"):
        print(__doc__)
        return 2
    action, home = sys.argv[1], Path(sys.argv[2])
    try:
        if action == "start":
            for name, value in start_services(home).environment.items():
                print(f"export {name}={value}")
            return 0
        stop_services(home)
    except ServiceFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    if action == "forget":
        forget_place(home)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
