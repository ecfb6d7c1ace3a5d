"""A change against the national template, in words: what, on which days, on which ground."""

from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue.value_words import say_duration, say_value
from apps.deadlines.wording import say_amount
from apps.organisations.selectors import UnitView
from apps.procedures.enums import Slot, UnitRole, UnitRule
from frontend.filters import vnd
from frontend.setup.forms.adoption_reading import typed_day
from frontend.setup.forms.adoption_steps import list_steps

Content = dict[str, Any]


def override_words(override: dict[str, Any], units: dict[int, UnitView], content: Content) -> str:
    """``content`` gives cases, fees and steps their names; what it has no more is said by its code."""
    what = _what(override, units, content)
    if override.get("from"):
        what += " " + _("từ %(day)s") % {"day": typed_day(override["from"])}
    if override.get("to"):
        what += " " + _("đến hết %(day)s") % {"day": typed_day(override["to"])}
    return f"{what} ({override['ground']})"


def _what(override: dict[str, Any], units: dict[int, UnitView], content: Content) -> str:
    slot = override["slot"]
    if slot == Slot.LIMIT:
        return _limit(override, content)
    if slot == Slot.FEE:
        return _fee(override, content)
    if slot == Slot.COMPONENT:
        return _("thêm giấy tờ “%(name)s”") % {"name": override["component"]["name"]}
    if slot == Slot.WORDING:
        return _("lời hướng dẫn “%(text)s”") % {"text": override["text"]}
    if "step" in override:
        return _step(override, content)
    unit = units.get(override.get("unit_id") or 0)
    place = unit.name if unit else UnitRule(override["rule"]).label
    return f"{UnitRole(override['role']).label}: {place}"


def _limit(override: dict[str, Any], content: Content) -> str:
    case = next((one for one in content["cases"] if one["code"] == override["case"]), None)
    unit = override.get("unit") or (case["limit"]["unit"] if case else "WORKING_DAY")
    facts = {"case": case["name"] if case else override["case"], "time": say_amount(override["amount"], unit)}
    return _("trường hợp “%(case)s” còn %(time)s") % facts


def _fee(override: dict[str, Any], content: Content) -> str:
    key = override["key"]  # or, where it was divided by ways of handing in, the key and the way
    fee = next(
        (one for one in content["fees"] if one["key"] == key or one["key"].startswith(f"{key}-")), None
    )
    what = f"{fee['name']}: " if fee else ""
    what += vnd(override["amount"])
    if override.get("channel"):
        what += " " + _("khi nộp %(way)s") % {"way": say_value("fees.channel", override["channel"])}
    names = ", ".join(group["name"] for group in override.get("exempt_groups", ()))
    return what + (", " + _("miễn, giảm cho %(names)s") % {"names": names} if names else "")


def _step(override: dict[str, Any], content: Content) -> str:
    names = {step: name for step, name, _time in list_steps(content)}
    step = names.get(override["step"], override["step"])
    if override["slot"] == Slot.STEPS:
        return _("bước “%(step)s” trong %(time)s") % {"step": step, "time": say_duration(override["allot"])}
    return _("bước “%(step)s” do đơn vị %(unit)s làm") % {"step": step, "unit": override["unit_code"]}
