"""Whether the units that are named may be named."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.organisations import selectors as organisations
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.errors import OverrideUnclear
from apps.procedures.overriding import UnitChoice
from kernel.errors import DomainError


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
    role = UnitRole(choice.role).label
    if (choice.rule == UnitRule.CHOSEN_UNIT) != (choice.unit_id is not None):
        return _("vai trò {role} phải nêu cách chọn đơn vị").format(role=role)
    if choice.unit_id is not None:
        leaf = organisations.find_leaf(choice.unit_id)
        if leaf is None or not leaf.open:
            return _("đơn vị được chọn cho vai trò {role} không còn hoạt động").format(role=role)
    return None
