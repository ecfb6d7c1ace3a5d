"""pytest as a process of its own: some tests, or all of them side by side.

Half of the time a test waits, for a browser or for a command to start: two workers
take what is left, file by file, each with a database and a Valkey database of its
own in the same servers (project/settings/workers.py).
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In the order of together.py: by itself xdist begins with the file that has the most tests.
SIDE_BY_SIDE = [
    "-p",
    "infra.testing.together",
    "--numprocesses=2",
    "--dist=loadscope",
    "--no-loadscope-reorder",
]


def run(arguments: list[str], around: Mapping[str, str]) -> int:
    """pytest's exit code; without arguments everything runs. The script: ``-m pytest`` would put . on the path."""
    pytest = str(Path(sys.executable).with_name("pytest"))
    command = [pytest, *(arguments or SIDE_BY_SIDE)]
    with subprocess.Popen(command, cwd=ROOT, env=dict(around), stdin=subprocess.DEVNULL) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise
