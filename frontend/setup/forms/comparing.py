"""One decision of a three-way comparison, read from its form."""

from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from apps.procedures.enums import Choice
from apps.procedures.merging import Conflict, Decision
from frontend.problems import Problems
from frontend.setup.forms.adoption import whole_number

Values = dict[str, str]


def first_values(conflict: Conflict, decision: Decision | None) -> Values:
    """The form of a conflict as it was decided, or as nobody has touched it."""
    edited = decision is not None and decision.choice == Choice.EDIT
    return {
        "choice": decision.choice.value if decision else "",
        "value": str(decision.value) if edited and decision else "",
        "ground": decision.ground if edited and decision else "",
    }


def read_decision(data: MultiValueDict[str, str]) -> tuple[Decision | None, Values, Problems]:
    """What was chosen; None beside the problems where it is not clear."""
    values = {name: str(data.get(name) or "").strip()[:1000] for name in ("choice", "value", "ground")}
    problems = Problems()
    if values["choice"] not in Choice.values:
        problems.add("choice", _("Hãy chọn một trong các cách."))
        return None, values, problems
    value: Any = None
    if values["choice"] == Choice.EDIT:
        value = whole_number(values["value"].replace(".", ""))
        if value is None:
            problems.add("value", _("Hãy nhập mức mới, chỉ gồm chữ số."))
            return None, values, problems
    return Decision(Choice(values["choice"]), value, values["ground"]), values, problems
