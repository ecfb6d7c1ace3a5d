"""One day of the calendar, as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.deadlines.enums import DayKind, DayScope, DaySource, values_of
from apps.deadlines.services import DayChange
from apps.organisations.selectors import UnitView
from frontend.problems import Problems
from frontend.setup.forms.staff import chosen_unit
from frontend.typed import read_day

CHANGE_FIELDS = {"act", "date", "kind", "name", "ground", "unit"}
REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    day: DayChange
    unit: UnitView | None

    @property
    def is_removal(self) -> bool:
        return self.day.kind is None


def values_of_day(query: Mapping[str, str], day: str) -> dict[str, str]:
    """What a link from the year brings along; everything else is empty."""
    return dict.fromkeys(CHANGE_FIELDS, "") | {
        "act": REMOVE if query.get("act") == REMOVE else "",
        "date": day[:10],
        "unit": query.get("unit", "")[:40],
        "kind": DayKind.OFF.value,
    }


def read_change(values: dict[str, str], problems: Problems) -> Change | None:
    """None with a problem. The service refuses what is wrong in itself (no name, no ground)."""
    day, unit = read_day(values["date"]), chosen_unit(values["unit"]) if values["unit"] else None
    if day is None:
        problems.add("date", _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 02/01/2027."))
    if values["unit"] and unit is None:
        problems.add("unit", _("Không có đơn vị này."))
    removal = values["act"] == REMOVE
    if not removal:
        if values["kind"] not in values_of(DayKind):
            problems.add("kind", _("Hãy chọn nghỉ hoặc làm bù."))
        if not values["name"].strip():
            problems.add("name", _("Hãy ghi tên ngày, ví dụ “Nghỉ lễ Quốc khánh”."))
        if not values["ground"].strip():
            problems.add("ground", _("Hãy ghi căn cứ: số và ngày của văn bản."))
    if problems or day is None:
        return None
    change = DayChange(
        date=day,
        kind=None if removal else DayKind(values["kind"]),
        scope=DayScope.UNIT if unit else DayScope.PROVINCE,
        unit_id=unit.id if unit else None,
        name=values["name"].strip(),
        ground=values["ground"].strip(),
        source=DaySource.LOCAL,
    )
    return Change(change, unit)
