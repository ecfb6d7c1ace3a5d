"""``python -m infra.demo`` opens the demo; ``… reset`` forgets its data; ``… manage <words>`` runs a command on it."""

import sys

from infra.demo.foreground import run
from infra.demo.managing import manage
from infra.demo.resetting import reset

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["reset"]:
            raise SystemExit(reset())
        case ["manage", *words]:
            raise SystemExit(manage(words))
        case _:
            raise SystemExit(run())
