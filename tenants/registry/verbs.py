"""A command with verbs (``manage.py tenant <verb> …``): finds them, runs one, turns a refusal into its error."""

import getpass
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _

from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError, Refusals

_PIPE_IS_CLOSED = 141  # as a shell tells of a process that SIGPIPE ended


class LightCommand(BaseCommand):
    """Begins without Django's checks, which load every address of every room: a second each. `make check` runs them."""

    requires_system_checks: ClassVar[list[str]] = []


class VerbCommand(LightCommand):
    """``packages`` names a setting that lists packages; each module in them is a family of verbs.

    A module's ``add(sub)`` adds its subparsers and says with ``set_defaults(run=…)``
    which function carries each out: ``run(options, say)``. What it returns, if
    anything, is the exit code.
    """

    packages: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        for family in self._families():
            family.add(sub)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_in_a_sentence():
                code = options["run"](options, self.stdout.write)
                self.stdout.flush()  # here, where a closed pipe is met, and not while the interpreter ends
        except BrokenPipeError:
            # ``… | head``: whoever read has heard enough. What is still buffered must not be flushed into the pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_IS_CLOSED
        if code:
            raise SystemExit(code)

    def _families(self) -> Iterator[ModuleType]:
        for name in getattr(settings, self.packages):
            package = import_module(name)
            for found in sorted(module.name for module in iter_modules(package.__path__, f"{name}.")):
                yield import_module(found)


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """A refusal is a command's error, with its code; so is a database that does not answer.

    Whoever runs a command by night needs to know what to look at, not where in the code it was met.
    """
    try:
        yield
    except Refusals as several:
        raise CommandError("\n".join(f"[{one.code}] {one}" for one in several.refusals)) from several
    except DomainError as refusal:
        raise CommandError(f"[{refusal.code}] {refusal}") from refusal
    except OperationalError as fault:
        why = (str(fault).strip() or type(fault).__name__).splitlines()[0]
        said = _(
            "Cơ sở dữ liệu không trả lời: {why}. Kiểm tra máy chủ cơ sở dữ liệu và DATABASE_URL rồi chạy lại."
        )
        raise CommandError("[database.unreachable] " + said.format(why=why)) from fault


def commander() -> Actor:
    """Who runs a command: an operator, by the account of the machine."""
    return Actor(kind=ActorKind.OPERATOR, id=None, name=getpass.getuser())
