"""Door 2: how procedures of this tenant's own are numbered."""

from datetime import datetime

from django.db import transaction

from apps.audit import services as audit
from apps.procedures.errors import LocalPatternUnfit, LocalPatternWithoutGround, refuse
from apps.procedures.local_content import is_pattern
from apps.procedures.models import LocalRules
from apps.procedures.permissions import require_controller
from apps.procedures.selectors import get_local_rules
from kernel.actors import Actor
from kernel.errors import DomainError
from tenants.registry.context import get_current_tenant

_ONE = 1


@transaction.atomic
def set_local_pattern(*, pattern: str, ground: str, by: Actor, now: datetime) -> None:
    """For codes from now on; what was published keeps its own.

    Raises ControllerDutyMissing, LocalPatternUnfit, LocalPatternWithoutGround, or Refusals with both.
    """
    require_controller(by, "")
    pattern, ground = pattern.strip(), ground.strip()[:1000]
    found: list[DomainError] = []
    if not is_pattern(pattern, tenant_code=get_current_tenant().code):
        found.append(LocalPatternUnfit(field="pattern"))
    if not ground:
        found.append(LocalPatternWithoutGround(field="ground"))
    refuse(found)
    before = get_local_rules().code_pattern
    LocalRules.objects.update_or_create(
        id=_ONE,
        defaults={"code_pattern": pattern, "ground": ground, "changed_at": now, "changed_by": by.name},
    )
    audit.record(
        by=by,
        action="LOCAL_PATTERN",
        subject_type="local_rules",
        subject_id=_ONE,
        now=now,
        before={"code_pattern": before},
        after={"code_pattern": pattern},
        note=ground,
    )
