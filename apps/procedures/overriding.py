"""From a national template and a tenant's overrides to what will be in force here. Pure: no model.

An override is a dict with ``slot`` and ``ground``; ``from`` and ``to`` (the first and the
last day on which it holds, ISO, both optional), ``resolution`` (``number``, ``date``,
``link`` of the paper it rests on, optional), and by slot:

- ``limit``: ``case``, ``amount``, ``unit`` (optional, that of the template)
- ``fee``: ``key`` of the fee, ``amount`` in đồng; ``channel`` (optional: only for this way of
  handing in), ``exempt_groups`` (optional: ``key``, ``name``, ``legal_ground``, ``amount`` if not 0,
  ``evidence`` if the applicant shows something)
- ``units``: ``role`` (RECEIVING, COMPETENT, SUPPORTING), ``rule``, ``unit_id`` when the rule is CHOSEN_UNIT;
  or ``step`` (the id of a step) and ``unit_code``: that one step goes to that unit
- ``component``: ``component`` as in the content, ``case`` (optional: of that case only)
- ``steps``: ``step``, ``allot`` (``PT4H``, ``P2D``): never longer than in the template
- ``wording``: ``path`` (of apps.catalogue.parts: a name or a note, never a legal fact), ``text``
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator

from apps.catalogue.content_schema import COMPONENT, LIMIT_UNITS
from apps.catalogue.parts import join, split
from apps.catalogue.paths import parse_path
from apps.catalogue.value_words import say_duration
from apps.procedures.enums import Slot, UnitRole, UnitRule
from apps.procedures.errors import (
    LimitMayOnlyShrink,
    OverrideOverlaps,
    OverrideSlotClosed,
    OverrideUnclear,
    OverrideWithoutGround,
    StepTimeMayOnlyShrink,
)
from apps.procedures.fee_changes import change_fee
from apps.procedures.limits import is_shorter, limit_words, shortened
from apps.procedures.override_reading import (
    Override,
    Unclear,
    check_days,
    check_resolution,
    first_day,
    is_active,
    last_day,
    whole,
    words,
)
from apps.procedures.step_changes import (
    StepUnknown,
    change_step,
    fits_limits,
    is_within,
    read_time,
    time_of,
)
from apps.procedures.targets import target_of
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
    fee_origins: dict[str, str] = field(default_factory=dict)
    refusals: list[DomainError] = field(default_factory=list)


def apply_overrides(
    content: dict[str, Any], overrides: list[Override], *, on: date | None = None
) -> Overridden:
    """``content`` itself is not changed. What does not hold is in ``refusals``, each by its place.

    ``on``: only what holds on that day is laid over; without a day, all of it.
    """
    result = Overridden(deepcopy(content), _default_units(content))
    laid: list[tuple[int, Override]] = []
    for index, override in sorted(enumerate(overrides), key=_general_first):
        refusal = _refusal(content, override) or _overlap(override, [one for _place, one in laid])
        if refusal is None and (on is None or is_active(override, on)):
            refusal = _apply(result, content, override)
        if refusal is not None:
            refusal.field = f"overrides[{index}]"
            result.refusals.append(refusal)
        else:
            laid.append((index, override))
    result.refusals.sort(key=lambda refusal: int(str(refusal.field)[10:-1]))
    return result


def _general_first(numbered: tuple[int, Override]) -> tuple[bool, int]:
    """A fee for one way of handing in goes over the one for all, in whatever order they were written."""
    index, override = numbered
    return override.get("channel") is not None, index


def _refusal(template: dict[str, Any], override: Override) -> DomainError | None:
    slot = override.get("slot")
    if slot not in Slot.values:
        known = ", ".join(sorted(Slot.values))
        if not slot:
            return OverrideUnclear(why=_("thiếu “slot”; chọn {known}").format(known=known))
        return OverrideUnclear(
            why=_("không có phần nào mang tên {slot}; chọn {known}").format(slot=slot, known=known)
        )
    if slot not in template["slots"]:
        return OverrideSlotClosed(procedure=template["code"], slot=Slot(slot).label)
    if not str(override.get("ground") or "").strip():
        return OverrideWithoutGround()
    try:
        check_days(override)
        check_resolution(override)
    except Unclear as unclear:
        return OverrideUnclear(why=unclear.why)
    return None


def _overlap(override: Override, laid: list[Override]) -> DomainError | None:
    """Two that say the same thing differently on one day: nobody could tell which one is the law."""
    mine = _spot(override)
    for other in laid:
        if mine is not None and _spot(other) == mine:
            first, last = (max(first_day(one) or date.min for one in (override, other)),
                           min(last_day(one) or date.max for one in (override, other)))  # fmt: skip
            if first <= last:
                return OverrideOverlaps()
    return None


def _spot(override: Override) -> tuple[Any, ...] | None:
    try:
        return override["slot"], target_of(override).path, override.get("channel")
    except (KeyError, TypeError, AttributeError):
        return None  # unclear: its own refusal says so


def _apply(result: Overridden, template: dict[str, Any], override: Override) -> DomainError | None:
    try:
        return _APPLY[Slot(override["slot"])](result, template, override)
    except Unclear as unclear:
        return OverrideUnclear(why=unclear.why)
    except StepUnknown:
        return OverrideUnclear(why=_("quy trình không có bước {step}").format(step=override.get("step")))


def _limit(result: Overridden, template: dict[str, Any], override: Override) -> DomainError | None:
    old = next((c["limit"] for c in template["cases"] if c["code"] == override.get("case")), None)
    if old is None:
        raise Unclear(_("không có trường hợp mang mã {code}").format(code=override.get("case")))
    amount, unit = whole(override, "amount", 1), override.get("unit", old["unit"])
    if unit not in LIMIT_UNITS:
        raise Unclear(_("không có đơn vị thời gian {unit}").format(unit=unit))
    if not is_shorter({"amount": amount, "unit": unit}, old):
        return LimitMayOnlyShrink(case=override["case"], limit=limit_words(old))
    for case in result.content["cases"]:
        if case["code"] == override["case"]:
            case["limit"] = shortened(old, amount=amount, unit=unit, ground=override["ground"])
    return None


def _fee(result: Overridden, _template: dict[str, Any], override: Override) -> DomainError | None:
    change_fee(result.content, result.fee_origins, override)
    return None


def _units(result: Overridden, _template: dict[str, Any], override: Override) -> DomainError | None:
    if "step" in override:
        return _step_unit(result, override)
    role, rule, unit_id = str(override.get("role")), str(override.get("rule")), override.get("unit_id")
    if role not in UnitRole.values:
        raise Unclear(_("không có vai trò {role}").format(role=role))
    if rule not in UnitRule.values or (rule == UnitRule.CHOSEN_UNIT) != isinstance(unit_id, int):
        raise Unclear(_("vai trò {role} phải nêu cách chọn đơn vị").format(role=UnitRole(role).label))
    result.units[role] = UnitChoice(role, rule, unit_id)
    return None


def _step_unit(result: Overridden, override: Override) -> DomainError | None:
    step, unit_code = str(override["step"]), override.get("unit_code")
    if not isinstance(unit_code, str) or not unit_code:
        raise Unclear(_("bước {step} phải nêu mã đơn vị").format(step=step))
    result.content["process"] = change_step(result.content, step=step, attribute="unit", value=unit_code)
    result.unit_codes[step] = unit_code
    return None


def _component(result: Overridden, _template: dict[str, Any], override: Override) -> DomainError | None:
    component, case_code = override.get("component"), override.get("case")
    if not isinstance(component, dict) or not _COMPONENT.is_valid(component):
        raise Unclear(_("thành phần hồ sơ thêm không đủ thông tin"))
    if component["key"] in {known["key"] for known in result.content["components"]}:
        raise Unclear(_("khóa thành phần hồ sơ {key} đã có").format(key=component["key"]))
    cases = [c for c in result.content["cases"] if case_code in (None, c["code"])]
    if not cases:
        raise Unclear(_("không có trường hợp mang mã {code}").format(code=case_code))
    result.content["components"].append({**component, "note": component.get("note") or override["ground"]})
    for case in cases:
        case["components"].append(component["key"])
    return None


def _step_time(result: Overridden, template: dict[str, Any], override: Override) -> DomainError | None:
    step, new = str(override.get("step")), read_time(override.get("allot"))
    text = time_of(template, step)
    old = read_time(text)
    if new is None:
        raise Unclear(_("thời gian của bước {step} không rõ").format(step=step))
    if (old is not None and not is_within(new, old)) or not fits_limits(new, result.content):
        return StepTimeMayOnlyShrink(
            step=step, time=say_duration(text) if text else _("thời hạn của thủ tục")
        )
    result.content["process"] = change_step(
        result.content, step=step, attribute="allot", value=override["allot"]
    )
    return None


_WORDS = (("name",), ("cases", "*", "name"), ("components", "*", "note"), ("process", "steps", "*", "name"))


def _wording(result: Overridden, template: dict[str, Any], override: Override) -> DomainError | None:
    path, text = words(override, "path"), words(override, "text")
    if not any(_fits(parse_path(path), pattern) for pattern in _WORDS):
        raise Unclear(_("chỉ được đổi tên gọi và ghi chú, không đổi nội dung quy định"))
    known, parts = split(template), split(result.content)
    thing = path.rpartition("/")[0]
    if path not in known and not (path.endswith("/note") and f"{thing}/name" in known):
        raise Unclear(_("không có nội dung này trong bản quốc gia"))
    result.content = join({**parts, path: text})
    return None


def _fits(segments: list[str], pattern: tuple[str, ...]) -> bool:
    return len(segments) == len(pattern) and all(
        wish in ("*", segment) for segment, wish in zip(segments, pattern, strict=True)
    )


_APPLY: dict[Slot, Callable[[Overridden, dict[str, Any], Override], DomainError | None]] = {
    Slot.LIMIT: _limit,
    Slot.FEE: _fee,
    Slot.UNITS: _units,
    Slot.COMPONENT: _component,
    Slot.STEPS: _step_time,
    Slot.WORDING: _wording,
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
