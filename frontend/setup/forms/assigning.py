"""Who does the work of a procedure, read from a form: roles, units, the ground and the days."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from apps.organisations.selectors import UnitView
from apps.procedures.enums import UnitRole, UnitRule
from apps.procedures.services import UnitChoice
from frontend.problems import Problems
from frontend.typed import read_day


@dataclass(frozen=True, slots=True)
class Assigned:
    choices: list[UnitChoice]
    ground: str
    first: date | None
    last: date | None


def read_assigned(values: dict[str, str], units: list[UnitView], problems: Problems) -> Assigned:
    """A role left as it is, is not said. Days that are none are put beside their field."""
    by_id = {str(unit.public_id): unit.id for unit in units}
    choices = []
    for role in UnitRole.values:
        rule = values.get(f"{role}-rule", "")
        if rule:
            unit = by_id.get(values.get(f"{role}-unit", "")) if rule == UnitRule.CHOSEN_UNIT else None
            choices.append(UnitChoice(role, rule, unit))
    days = {name: _day(values, name, problems) for name in ("first", "last")}
    return Assigned(choices, values.get("ground", "")[:1000], days["first"], days["last"])


def _day(values: dict[str, str], name: str, problems: Problems) -> date | None:
    text = values.get(name, "").strip()
    day = read_day(text) if text else None
    if text and day is None:
        problems.add(name, _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
    return day
