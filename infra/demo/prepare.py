"""The steps, in a process of their own: the supervisor stays small and keeps no connection.

``python -m infra.demo.prepare DATABASE_ID`` does all; with a step and a
tenant's code behind it, that step in that tenant alone.
"""

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import django

from infra.demo import progress
from infra.demo.settings import HOME, ROOT, TENANTS
from infra.demo.stamps import Stamps

if TYPE_CHECKING:  # it reads models, so it can be imported only after django.setup()
    from infra.demo.steps import Step


def main() -> int:
    django.setup()
    # Imported late: the page of steps reads models.
    from infra.demo.steps import STEPS
    from infra.demo.welcome import welcome
    from kernel.outbox.services import set_after_publish

    # No worker listens yet: news of the seed waits in the outbox for the clock's first round.
    set_after_publish(lambda: None)
    if len(sys.argv) == 4:
        _in_tenant(next(step for step in STEPS if step.key == sys.argv[2]), sys.argv[3])
        return 0
    stamps = Stamps(HOME / "done.json", sys.argv[1])
    for step in STEPS:
        if step.mark is not None and stamps.is_done(step.key, step.mark):
            continue
        with progress.step(step.title):
            _run(step)
        if step.mark is not None:
            stamps.note(step.key, step.mark)
    (HOME / "welcome.txt").write_text(welcome())
    return 0


def _run(step: "Step") -> None:
    if step.once is not None:
        step.once()
    elif step.parallel:
        _in_every_tenant_at_once(step.key)
    else:
        for tenant in TENANTS:
            _in_tenant(step, tenant.code)


def _in_tenant(step: "Step", code: str) -> None:
    # Imported late: models are ready only now.
    from django.utils import timezone

    from tenants.registry.context import tenant_context
    from tenants.registry.selectors import get_tenant

    with tenant_context(get_tenant(code)):
        result = step.in_tenant(code, timezone.now()) if step.in_tenant else None
    if isinstance(result, int):
        progress.say(f"    {code}: {result}")


def _in_every_tenant_at_once(key: str) -> None:
    """A process for each tenant: the seeds spend their time in Python, and there are at least two cores."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "infra.demo.prepare", sys.argv[1], key, tenant.code],
            cwd=ROOT,
            env=os.environ,
        )
        for tenant in TENANTS
    ]
    failed = [tenant.code for tenant, process in zip(TENANTS, running, strict=True) if process.wait() != 0]
    if failed:
        raise SystemExit(f"Bước “{key}” hỏng ở {', '.join(failed)}; lỗi ở phía trên.")


if __name__ == "__main__":
    raise SystemExit(main())
