"""Door 2: this tenant says why it has not adopted what the centre has opened, for the centre to read."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.audit import services as audit
from apps.catalogue import services as catalogue_services
from apps.procedures.permissions import require_controller
from apps.procedures.services.comparing import compare_with
from apps.procedures.services.standing import lock_procedure
from kernel.actors import Actor
from tenants.registry.context import get_current_tenant


@transaction.atomic
def defer_adoption(
    *, code: str, version: UUID, reason: str, words: str, until: date, by: Actor, now: datetime
) -> None:
    """The word stands at the centre and in the trail here, or in neither. It ends when the version is adopted.

    ``reason``: DeferralReason of the catalogue. Nothing is put off by it: what the centre requires by
    a day is adopted after that day all the same. Raises ControllerDutyMissing, NothingToCompare,
    TemplateNotOffered, and what report_deferral raises.
    """
    require_controller(by, code)
    # An adoption that runs at this moment ends first, and then there is nothing to defer.
    lock_procedure(code)
    comparison = compare_with(code, version, now)
    catalogue_services.report_deferral(
        tenant_code=get_current_tenant().code,
        version=version,
        reason=reason,
        words=words,
        until=until,
        by=by,
        now=now,
    )
    audit.record(
        by=by,
        action="DEFER_ADOPTION",
        subject_type="procedure",
        subject_id=comparison.adopted_id,
        now=now,
        after={
            "code": code,
            "template": comparison.new.number,
            "reason": reason,
            "until": until.isoformat(),
        },
        note=words.strip(),
    )


@transaction.atomic
def withdraw_deferral(*, code: str, version: UUID, by: Actor, now: datetime) -> None:
    """Raises ControllerDutyMissing, NothingToCompare, TemplateNotOffered, DeferralUnknown."""
    require_controller(by, code)
    lock_procedure(code)
    comparison = compare_with(code, version, now)
    catalogue_services.withdraw_deferral(tenant_code=get_current_tenant().code, version=version, now=now)
    audit.record(
        by=by,
        action="WITHDRAW_DEFERRAL",
        subject_type="procedure",
        subject_id=comparison.adopted_id,
        now=now,
        after={"code": code, "template": comparison.new.number},
    )
