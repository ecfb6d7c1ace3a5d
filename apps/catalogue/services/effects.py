"""Door 2: ask every tenant what a version would do there, and take its answer."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from apps.catalogue.content import find_problems
from apps.catalogue.effect_figures import check_figures
from apps.catalogue.errors import ContentRefused, EffectUnknown
from apps.catalogue.models import EffectReport, EffectRequest
from apps.catalogue.process_check import check_process
from apps.catalogue.services.drafting import lock_version
from apps.catalogue.tenant_work import get_tenant_work
from kernel.actors import Actor
from tenants.registry.context import central_context


@transaction.atomic
def ask_effect(
    *, version_id: int, tenants: Sequence[str], by: Actor, now: datetime, wake: bool = True
) -> EffectRequest:
    """One open line a tenant; each answers by itself. Asking again is a new question.

    Raises VersionUnknown, ContentRefused: of what could not run nobody can say what it would do.

    ``wake`` False: the caller lets them answer himself.
    """
    version = lock_version(version_id)
    problems = find_problems(version.content, check_process=check_process)
    if problems:
        raise ContentRefused(template=version.template.code, problems=problems)
    request = EffectRequest.objects.create(
        version=version, content_sha256=version.content_sha256, asked_at=now, asked_by=by.name
    )
    EffectReport.objects.bulk_create(EffectReport(request=request, tenant_code=code) for code in tenants)
    if wake:
        transaction.on_commit(partial(get_tenant_work().wake_effect, request.id))
    return request


@transaction.atomic
def report_effect(*, request_id: int, tenant_code: str, figures: dict[str, Any], now: datetime) -> None:
    """From a tenant's own context. Told twice, the later answer stands. Raises EffectUnknown, ValueError."""
    check_figures(figures)
    with central_context():
        found = EffectReport.objects.filter(request_id=request_id, tenant_code=tenant_code)
        if not found.update(figures=figures, reported_at=now):
            raise EffectUnknown
