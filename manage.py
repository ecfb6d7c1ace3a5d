#!/usr/bin/env python
"""Puts platform/ on the path, then runs Django, or has a program run it that stands by with Django loaded."""

import sys
from os.path import dirname, realpath

# The start makes some hundred thousand objects that all stay: looking for garbage among them is an eighth of its time.
_OBJECTS_BEFORE_COLLECTING = 200_000


def main() -> None:
    here = dirname(realpath(__file__))
    sys.path[:0] = [here, f"{here}/platform"]
    # Imported late: our own modules must not be looked for before the path is set.
    from project.standby.asking import ask

    code = ask(sys.argv, here)
    raise SystemExit(_run() if code is None else code)


def _run() -> None:
    import atexit
    import gc
    import os

    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    atexit.register(
        gc.freeze
    )  # what is left goes with the process: to look through it would take a quarter second
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings.local")
    # Imported late: Django must not be loaded before the path is set, nor where somebody stands by.
    from django.core.management import execute_from_command_line

    from project.looking_ahead import look_ahead
    from project.postponing import postpone
    from project.settings import process

    process.serves = False
    postpone()
    look_ahead(sys.argv[1:])
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
