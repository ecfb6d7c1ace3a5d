"""What every command is: one transaction, whoever calls it."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")
_running: ContextVar[bool] = ContextVar("a command is running", default=False)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """All of it is kept, or nothing.

    A command that calls another one is the transaction of both: the inner one
    sets no savepoint of its own (two statements each), because its refusal is
    the refusal of the whole. Who wants to go on after a refusal puts
    ``transaction.atomic()`` around the call; without it, Django stops the work.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=not _running.get()):
            token = _running.set(True)
            try:
                return function(*args, **kwargs)
            finally:
                _running.reset(token)

    return run
