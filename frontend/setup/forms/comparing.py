"""One decision of a three-way comparison, read from its form."""

from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from apps.procedures.enums import Choice, Slot
from apps.procedures.merging import Conflict, Decision
from frontend.problems import Problems
from frontend.setup.forms.adoption_reading import amount_of

Values = dict[str, str]


def first_values(conflict: Conflict, decision: Decision | None) -> Values:
    """The form of a conflict as it was decided, or as nobody has touched it."""
    edited = decision is not None and decision.choice == Choice.EDIT
    return {
        "choice": decision.choice.value if decision else "",
        "value": _typed(decision.value) if edited and decision else "",
        "ground": decision.ground if edited and decision else "",
    }


def _typed(value: Any) -> str:
    return str(value).removeprefix("PT").removesuffix("H") if str(value).startswith("PT") else str(value)


def read_decision(data: MultiValueDict[str, str], slot: str) -> tuple[Decision | None, Values, Problems]:
    """What was chosen; None beside the problems where it is not clear."""
    values = {name: str(data.get(name) or "").strip()[:1000] for name in ("choice", "value", "ground")}
    problems = Problems()
    if values["choice"] not in Choice.values:
        problems.add("choice", _("Hãy chọn một trong các cách."))
        return None, values, problems
    value: Any = None
    if values["choice"] == Choice.EDIT:
        value = values["value"] if slot == Slot.WORDING else amount_of(values["value"])
        if value is None or value == "":
            problems.add(
                "value",
                _("Hãy nhập mức mới, chỉ gồm chữ số.") if value is None else _("Hãy nhập nội dung mới."),
            )
            return None, values, problems
        if slot == Slot.STEPS:
            value = f"PT{value}H"
    return Decision(Choice(values["choice"]), value, values["ground"]), values, problems
