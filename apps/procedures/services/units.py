"""Door 2: who does the work. It may be corrected without a new version: the law stays, the office moves."""

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from apps.audit import services as audit
from apps.organisations import selectors as organisations
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.errors import AdoptedVersionUnknown, OverrideUnclear, OverrideWithoutGround, refuse
from apps.procedures.models import AdoptedVersion, AdoptionUnit
from apps.procedures.overriding import UnitChoice
from apps.procedures.permissions import require_controller
from apps.procedures.selectors import units_key
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def set_units(*, version_id: int, choices: list[UnitChoice], ground: str, by: Actor, now: datetime) -> None:
    """Give roles of an adopted version to other units. Dossiers under way stay where they are.

    Raises AdoptedVersionUnknown, ControllerDutyMissing, OverrideWithoutGround,
    OverrideUnclear (or Refusals with each of them).
    """
    version = AdoptedVersion.objects.select_for_update(of=("self",)).filter(id=version_id).first()
    if version is None:
        raise AdoptedVersionUnknown
    require_controller(by, version.procedure_code)
    if not ground.strip():
        raise OverrideWithoutGround(field="ground")
    refuse(unit_problems(choices))
    before = {row.role: [row.rule, row.unit_id] for row in version.units.all()}
    for choice in choices:
        AdoptionUnit.objects.update_or_create(
            version=version, role=choice.role, defaults={"rule": choice.rule, "unit_id": choice.unit_id}
        )
    after = before | {choice.role: [choice.rule, choice.unit_id] for choice in choices}
    audit.record(
        by=by,
        action="SET_UNITS",
        subject_type="procedure",
        subject_id=version.id,
        now=now,
        before=before,
        after=after,
        note=ground,
    )
    key = units_key(version_id)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))


def unit_problems(choices: Iterable[UnitChoice]) -> list[DomainError]:
    """A role, a rule and, where a unit is chosen, one that is open."""
    return [
        OverrideUnclear(field=choice.role, why=why)
        for choice in choices
        if (why := _problem(choice)) is not None
    ]


def _problem(choice: UnitChoice) -> str | None:
    if choice.role not in UnitRole.values or choice.rule not in UnitRule.values:
        return _("không có vai trò {role} hoặc cách chọn {rule}").format(role=choice.role, rule=choice.rule)
    if (choice.rule == UnitRule.CHOSEN_UNIT) != (choice.unit_id is not None):
        return _("vai trò {role} phải nêu cách chọn đơn vị").format(role=choice.role)
    if choice.unit_id is not None:
        leaf = organisations.find_leaf(choice.unit_id)
        if leaf is None or not leaf.open:
            return _("đơn vị được chọn cho vai trò {role} không còn hoạt động").format(role=choice.role)
    return None
