"""From a national template and a tenant's overrides to what will be in force here. Pure: no model.

An override is a dict with ``slot`` and ``ground``, and by slot:

- ``limit``: ``case``, ``amount``, ``unit`` (optional, that of the template)
- ``fee``: ``key`` of the fee, ``amount`` in đồng
- ``units``: ``role`` (RECEIVING, COMPETENT, SUPPORTING), ``rule``, ``unit_id`` when the rule is CHOSEN_UNIT;
  or ``step`` (the id of a step) and ``unit_code``: that one step goes to that unit
- ``component``: ``component`` as in the content, ``case`` (optional: of that case only)
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator

from apps.catalogue.content_schema import COMPONENT, LIMIT_UNITS
from apps.procedures.enums import Slot, UnitRole, UnitRule
from apps.procedures.errors import (
    LimitMayOnlyShrink,
    OverrideSlotClosed,
    OverrideUnclear,
    OverrideWithoutGround,
)
from apps.procedures.limits import is_shorter, limit_words, shortened
from apps.procedures.step_units import StepUnknown, give_step_to_unit
from kernel.errors import DomainError

_COMPONENT = Draft202012Validator(COMPONENT)


@dataclass(frozen=True, slots=True)
class UnitChoice:
    role: str
    rule: str
    unit_id: int | None = None


@dataclass(slots=True)
class Overridden:
    content: dict[str, Any]
    units: dict[str, UnitChoice]
    unit_codes: dict[str, str] = field(default_factory=dict)  # step → unit code, for the caller to look up
    refusals: list[DomainError] = field(default_factory=list)


class _Unclear(Exception):
    def __init__(self, why: str | Promise) -> None:
        self.why = why


def apply_overrides(content: dict[str, Any], overrides: list[dict[str, Any]]) -> Overridden:
    """``content`` itself is not changed. What does not hold is in ``refusals``, each by its place."""
    result = Overridden(deepcopy(content), _default_units(content))
    for index, override in enumerate(overrides):
        refusal = _apply(result, content, override)
        if refusal is not None:
            refusal.field = f"overrides[{index}]"
            result.refusals.append(refusal)
    return result


def _apply(result: Overridden, template: dict[str, Any], override: dict[str, Any]) -> DomainError | None:
    slot = override.get("slot")
    if slot not in Slot.values:
        return OverrideUnclear(why=_("không có phần nào mang tên {slot}").format(slot=slot))
    if slot not in template["slots"]:
        return OverrideSlotClosed(procedure=template["code"], slot=Slot(slot).label)
    if not str(override.get("ground") or "").strip():
        return OverrideWithoutGround()
    try:
        return _APPLY[Slot(slot)](result, template, override)
    except _Unclear as unclear:
        return OverrideUnclear(why=unclear.why)


def _whole(override: dict[str, Any], key: str, least: int) -> int:
    value = override.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 10**12:
        raise _Unclear(_("{key} phải là số nguyên không nhỏ hơn {least}").format(key=key, least=least))
    return value


def _limit(result: Overridden, template: dict[str, Any], override: dict[str, Any]) -> DomainError | None:
    old = next((c["limit"] for c in template["cases"] if c["code"] == override.get("case")), None)
    if old is None:
        raise _Unclear(_("không có trường hợp mang mã {code}").format(code=override.get("case")))
    amount, unit = _whole(override, "amount", 1), override.get("unit", old["unit"])
    if unit not in LIMIT_UNITS:
        raise _Unclear(_("không có đơn vị thời gian {unit}").format(unit=unit))
    if not is_shorter({"amount": amount, "unit": unit}, old):
        return LimitMayOnlyShrink(case=override["case"], limit=limit_words(old))
    for case in result.content["cases"]:
        if case["code"] == override["case"]:
            case["limit"] = shortened(old, amount=amount, unit=unit, ground=override["ground"])
    return None


def _fee(result: Overridden, _template: dict[str, Any], override: dict[str, Any]) -> DomainError | None:
    amount = _whole(override, "amount", 0)
    fees = [fee for fee in result.content["fees"] if fee["key"] == override.get("key")]
    if not fees:
        raise _Unclear(_("không có khoản phí mang khóa {key}").format(key=override.get("key")))
    for fee in fees:
        fee["amount"], fee["legal_ground"] = amount, override["ground"]
    return None


def _units(result: Overridden, _template: dict[str, Any], override: dict[str, Any]) -> DomainError | None:
    if "step" in override:
        return _step_unit(result, override)
    role, rule, unit_id = str(override.get("role")), str(override.get("rule")), override.get("unit_id")
    if role not in UnitRole.values:
        raise _Unclear(_("không có vai trò {role}").format(role=role))
    if rule not in UnitRule.values or (rule == UnitRule.CHOSEN_UNIT) != isinstance(unit_id, int):
        raise _Unclear(_("vai trò {role} phải nêu cách chọn đơn vị").format(role=role))
    result.units[role] = UnitChoice(role, rule, unit_id)
    return None


def _step_unit(result: Overridden, override: dict[str, Any]) -> DomainError | None:
    step, unit_code = override["step"], override.get("unit_code")
    if not isinstance(unit_code, str) or not unit_code:
        raise _Unclear(_("bước {step} phải nêu mã đơn vị").format(step=step))
    try:
        result.content["process"] = give_step_to_unit(
            result.content["process"], step=str(step), unit_code=unit_code
        )
    except StepUnknown as error:
        raise _Unclear(_("quy trình không có bước {step}").format(step=step)) from error
    result.unit_codes[str(step)] = unit_code
    return None


def _component(result: Overridden, _template: dict[str, Any], override: dict[str, Any]) -> DomainError | None:
    component, case_code = override.get("component"), override.get("case")
    if not isinstance(component, dict) or not _COMPONENT.is_valid(component):
        raise _Unclear(_("thành phần hồ sơ thêm không đủ thông tin"))
    if component["key"] in {known["key"] for known in result.content["components"]}:
        raise _Unclear(_("khóa thành phần hồ sơ {key} đã có").format(key=component["key"]))
    cases = [c for c in result.content["cases"] if case_code in (None, c["code"])]
    if not cases:
        raise _Unclear(_("không có trường hợp mang mã {code}").format(code=case_code))
    result.content["components"].append({**component, "note": component.get("note") or override["ground"]})
    for case in cases:
        case["components"].append(component["key"])
    return None


_APPLY: dict[Slot, Callable[[Overridden, dict[str, Any], dict[str, Any]], DomainError | None]] = {
    Slot.LIMIT: _limit,
    Slot.FEE: _fee,
    Slot.UNITS: _units,
    Slot.COMPONENT: _component,
}


def _default_units(content: dict[str, Any]) -> dict[str, UnitChoice]:
    """A commune's procedure is decided by the commune of the counter.

    A province or a ministry names its unit by an override; until it does, the
    receiving unit decides, as in a house with a single counter.
    """
    rule = UnitRule.SAME_COMMUNE if content["level"] == "COMMUNE" else UnitRule.RECEIVING_UNIT
    return {
        UnitRole.RECEIVING.value: UnitChoice(UnitRole.RECEIVING, UnitRule.RECEIVING_UNIT),
        UnitRole.COMPETENT.value: UnitChoice(UnitRole.COMPETENT, rule),
        UnitRole.SUPPORTING.value: UnitChoice(UnitRole.SUPPORTING, rule),
    }
