"""What can go wrong with a server, said so that the reader knows what to do next."""

from pathlib import Path

_TAIL_LINES = 20


class ServiceFailed(Exception):
    """A server did not start, or did not stop. The message ends with its log's last lines."""


def tail(log: Path) -> str:
    """The last lines of a log, indented; a sentence when there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-_TAIL_LINES:]
    except OSError:
        return f"    (chưa có nhật ký {log})"
    return "\n".join([f"    {log}:", *(f"    | {line}" for line in lines)])
