"""A forked process becomes the one that would have been started by who asked, and ends as that one would."""

import atexit
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NoReturn

from project.standby.hearing import Heard

_INTERRUPTED = -1  # no exit code: the shell is to see the signal


def become(heard: Heard, *, added: Mapping[str, str]) -> None:
    """Terminal, folder, environment, umask and words of who asked. ``added``: what a start puts into the environment.

    Raises OSError when the folder is gone.
    """
    os.setsid()  # signals of the other one's terminal are not meant for it
    for number, descriptor in enumerate(heard.files):
        os.dup2(descriptor, number)
    heard.close_files()
    sys.stdout.reconfigure(line_buffering=os.isatty(1))  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update({**added, **heard.asked.environment})
    os.umask(heard.asked.umask)
    os.chdir(heard.asked.folder)
    sys.argv = heard.asked.words


def end_as(work: Callable[[], None]) -> NoReturn:
    """Do it and end as a program ends, but for the tenth of a second in which all that is loaded is taken apart."""
    code = 0
    try:
        work()
    except SystemExit as ended:
        code = _code(ended)
    except BaseException as error:  # the outermost edge of a process: Python itself would do just this
        sys.excepthook(*sys.exc_info())
        code = _INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
    # As multiprocessing ends its own: threads first, then what was left for the end.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if code == _INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(code)


def _code(ended: SystemExit) -> int:
    if ended.code is None or isinstance(ended.code, int):
        return (ended.code or 0) & 0xFF
    sys.stderr.write(f"{ended.code}\n")
    return 1
