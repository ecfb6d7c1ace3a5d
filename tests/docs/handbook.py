"""Reading the operator's handbook: its commands, what each has to print, and how it ends.

In a ``console`` block a line that begins with ``$`` is a command; the lines below
it have to be found in what it prints, in this order. ``…`` stands for anything.
``→ 1`` as the last of them is the exit code, which is 0 otherwise. A comment
``<!-- sql H21: … -->`` is something that happens meanwhile, done by the test;
``{role}`` in it is the tenant's role; ``TW`` is the centre.
"""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^```(\w*)$")
_SQL = re.compile(r"^<!-- sql (?P<code>\w+): (?P<sql>.+) -->$")
_EXIT = re.compile(r"^→ (\d)$")
RUN_BLOCK = "console"


@dataclass
class Step:
    """One command, or with ``code`` a statement in the schema of that tenant."""

    line: int
    text: str
    code: str = ""
    expected: list[str] = field(default_factory=list)
    exit_code: int = 0

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.text)

    def is_printed_in(self, output: str) -> str | None:
        """The first expected line that is not there after the one before it, or None."""
        rest = [line.strip() for line in output.splitlines()]
        for wanted in self.expected:
            pattern = re.compile(".*".join(re.escape(part) for part in wanted.strip().split("…")))
            for index, line in enumerate(rest):
                if pattern.fullmatch(line):
                    rest = rest[index + 1 :]
                    break
            else:
                return wanted
        return None


def read_handbook(file: Path) -> tuple[list[Step], set[str]]:
    """The steps in their order, and the kinds of fenced blocks that are not run."""
    steps: list[Step] = []
    others: set[str] = set()
    inside: str | None = None
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if fence := _FENCE.match(line):
            inside = (fence[1] or "text") if inside is None else None
            if inside not in (None, RUN_BLOCK):
                others.add(inside)
        elif inside is None and (happening := _SQL.match(line)):
            steps.append(Step(number, happening["sql"], code=happening["code"]))
        elif inside == RUN_BLOCK and line.startswith("$ "):
            steps.append(Step(number, line[2:]))
        elif inside == RUN_BLOCK and (ending := _EXIT.match(line)):
            steps[-1].exit_code = int(ending[1])
        elif inside == RUN_BLOCK and line.strip() not in ("", "…"):
            steps[-1].expected.append(line)
    return steps, others
