"""``python -m infra.demo`` opens the demo; ``python -m infra.demo reset`` forgets its data."""

import sys

from infra.demo.foreground import run
from infra.demo.resetting import reset

if __name__ == "__main__":
    raise SystemExit(reset() if sys.argv[1:] == ["reset"] else run())
