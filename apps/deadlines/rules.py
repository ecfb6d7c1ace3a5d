"""The limit of one case of a procedure, read from its JSON. Imports no model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.deadlines.enums import LimitUnit, StartRule, values_of
from apps.deadlines.errors import LimitRuleInvalid
from apps.deadlines.working_calendar import read_minute, write_minute

LARGEST_AMOUNT = {
    LimitUnit.WORKING_DAY: 3650,
    LimitUnit.DAY: 3650,
    LimitUnit.HOUR: 3650,
    LimitUnit.MONTH: 120,
}
# Unless the rule says otherwise: NĐ 61/2018 Đ.19, to be checked against NĐ 118/2025, hence data.
USUAL_EXTENSION_LIMIT = 1


@dataclass(frozen=True, slots=True)
class LimitRule:
    """``cutoff`` is a minute of the local day and only speaks when ``start`` is SAME_DAY."""

    amount: int
    unit: LimitUnit
    start: StartRule
    cutoff: int | None = None
    legal_ground: str = ""
    extension_limit: int = USUAL_EXTENSION_LIMIT

    def __post_init__(self) -> None:
        if not _is_whole(self.amount) or not 1 <= self.amount <= LARGEST_AMOUNT[self.unit]:
            raise LimitRuleInvalid(
                field="amount",
                reason=_("số lượng phải là số nguyên từ 1 đến {largest}.").format(
                    largest=LARGEST_AMOUNT[self.unit]
                ),
            )
        if self.start == StartRule.NOW and self.unit != LimitUnit.HOUR:
            raise LimitRuleInvalid(
                field="start", reason=_("chỉ thời hạn tính bằng giờ mới tính từ thời điểm tiếp nhận.")
            )
        if not _is_whole(self.extension_limit) or not 0 <= self.extension_limit <= 20:
            raise LimitRuleInvalid(field="extension_limit", reason=_("số lần gia hạn phải từ 0 đến 20."))

    def as_json(self) -> dict[str, Any]:
        return {
            "amount": self.amount,
            "unit": str(self.unit),
            "start": str(self.start),
            "cutoff": None if self.cutoff is None else write_minute(self.cutoff),
            "legal_ground": self.legal_ground,
            "extension_limit": self.extension_limit,
        }


def read_rule(limit: Mapping[str, Any]) -> LimitRule:
    """From the ``limit`` of a case; other keys are left alone. Raises LimitRuleInvalid."""
    unit, start, cutoff = limit.get("unit"), limit.get("start"), limit.get("cutoff")
    if unit not in values_of(LimitUnit):
        raise LimitRuleInvalid(field="unit", reason=_("đơn vị phải là ngày làm việc, ngày, giờ hoặc tháng."))
    if start not in values_of(StartRule):
        raise LimitRuleInvalid(field="start", reason=_("cách tính ngày bắt đầu không có trong danh mục."))
    minute = None if cutoff is None else read_minute(cutoff)
    if cutoff is not None and minute is None:
        raise LimitRuleInvalid(field="cutoff", reason=_("mốc giờ trong ngày phải viết dạng 15:00."))
    return LimitRule(
        amount=limit.get("amount"),  # type: ignore[arg-type]  # __post_init__ refuses what is no whole number
        unit=LimitUnit(unit),
        start=StartRule(start),
        cutoff=minute,
        legal_ground=str(limit.get("legal_ground") or ""),
        extension_limit=limit.get("extension_limit", USUAL_EXTENSION_LIMIT),
    )


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
