"""Waking the worker that carries an onboarding out: told from above, because who works there is the roof's to know.

Beside the jobs, not in them: the roof wires it in every process, and the jobs bring in all that an onboarding needs.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

_wake: Callable[[UUID], None] | None = None


def set_job_wake(wake: Callable[[UUID], None]) -> None:
    """Wired once by the roof: sends the task that calls jobs.run_job."""
    global _wake
    _wake = wake


def wake_after_commit(public_id: UUID) -> None:
    """Nothing where nobody is wired: whoever looks at the job may start it again."""
    if _wake is not None:
        wake = _wake
        transaction.on_commit(lambda: wake(public_id))
