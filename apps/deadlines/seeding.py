"""Where a new calendar starts from. Pure; what it gives is data that an administrator corrects.

The days off come from the ``holidays`` package. What the package has wrong, or
what a decree decided later, stands in DECREE_DAYS and beats it; a year's decree
that comes after this release is entered in the setup room.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.deadlines.enums import DayKind, DaySource

LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
# Typical hours of an office; to be confirmed by each tenant, hence data.
USUAL_WEEK: list[list[list[str]]] = [[["07:30", "11:30"], ["13:30", "17:00"]]] * 5 + [[], []]


@dataclass(frozen=True, slots=True)
class NationalDay:
    date: date
    kind: DayKind
    name: str
    ground: str
    source: DaySource

    def as_json(self) -> dict[str, Any]:
        return {
            "date": self.date.isoformat(),
            "kind": str(self.kind),
            "name": self.name,
            "ground": self.ground,
            "source": str(self.source),
        }


def read_national_day(data: dict[str, Any]) -> NationalDay:
    """The inverse of ``as_json``: how the central list travels to a tenant."""
    return NationalDay(
        date=date.fromisoformat(data["date"]),
        kind=DayKind(data["kind"]),
        name=data["name"],
        ground=data["ground"],
        source=DaySource(data["source"]),
    )


DECREE_DAYS = (
    NationalDay(
        date(2026, 1, 2),
        DayKind.OFF,
        "Nghỉ Tết Dương lịch (hoán đổi với thứ Bảy 10/01/2026)",
        "Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2026",
        DaySource.DECREE,
    ),
    NationalDay(
        date(2026, 1, 10),
        DayKind.WORK,
        "Làm bù cho ngày 02/01/2026",
        "Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2026",
        DaySource.DECREE,
    ),
)


def seed_national_days(years: Iterable[int]) -> list[NationalDay]:
    """Days off and make-up days of these years with Vietnamese names, corrected by DECREE_DAYS, in order."""
    wanted = sorted(set(years))
    # Imported late: it is a large package, and only a calendar that is made anew asks it.
    import holidays

    known = holidays.country_holidays("VN", years=wanted, language="vi")
    days = {
        day: NationalDay(day, DayKind.OFF, name, _ground(name), DaySource.SEED)
        for day, name in known.items()
        if day.year in wanted
    }
    for day in known.weekend_workdays:
        if day.year in wanted:
            days[day] = NationalDay(
                day, DayKind.WORK, "Ngày làm bù", "Hoán đổi ngày làm việc", DaySource.SEED
            )
    for decreed in DECREE_DAYS:
        if decreed.date.year in wanted:
            days[decreed.date] = decreed
    return [days[day] for day in sorted(days)]


def _ground(name: str) -> str:
    if name.startswith("Ngày nghỉ (thay cho"):
        return "Hoán đổi ngày làm việc"
    if name == "Ngày Văn hóa Việt Nam":
        # In the package from 2026; the deciding text was not seen: an administrator confirms or removes it.
        return "Chưa đối chiếu văn bản"
    return LABOUR_CODE
