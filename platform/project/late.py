"""What the roof hands down without importing it: each comes with its first call.

Every process imports what ``project.apps`` wires, and most commands of manage.py use next to none of it: Celery, the
reader of BPMN, every room that a new tenant is furnished from. The web server imports these while it starts; see
project/wsgi.py.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from apps.catalogue.content import Problem
    from kernel.actors import Actor
    from tenants.provisioning.merging.plan import Declaration
    from tenants.provisioning.onboarding.links import FirstAddress
    from tenants.provisioning.onboarding.steps import Step
    from tenants.provisioning.readiness.checks import Check
    from tenants.registry.models import Tenant


def kick() -> None:
    from project.relay import kick as now

    now()


def send_letters() -> None:
    from project.relay import send_letters as now

    now()


def wake() -> None:
    from project.rollouts import wake as now

    now()


def wake_onboarding(public_id: UUID) -> None:
    from project.onboarding_jobs import wake_onboarding as now

    now(public_id)


def wake_work(public_id: UUID) -> None:
    from project.tenant_work import wake_work as now

    now(public_id)


def get_merging() -> "Declaration":
    from project.merging import MERGING

    return MERGING


def issue_missing_links(
    tenant: "Tenant", by: "Actor", now: datetime, *, again: bool = False
) -> "list[FirstAddress]":
    from project.onboarding.links import issue_missing_links as issue

    return issue(tenant, by, now, again=again)


def get_steps() -> "tuple[Step, ...]":
    from project.onboarding import STEPS

    return STEPS


def get_checks() -> "tuple[Check, ...]":
    from project.onboarding import CHECKS

    return CHECKS


def find_kept_keys(folder: str) -> set[str]:
    from tenants.provisioning.archive.kept import find_kept_keys as find

    return find(folder)


def check_process(process: dict[str, Any]) -> "Iterator[Problem]":
    from project.process_check import check_process as check

    return check(process)


def wake_effect(request_id: int) -> None:
    from project.effects import wake_effect as now

    now(request_id)


def measure_effect(request_id: int) -> None:
    from project.effects import measure_effect_now as now

    now(request_id)


def wake_offer(run_id: int) -> None:
    from project.offers import wake_offer as now

    now(run_id)
