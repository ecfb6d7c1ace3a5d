"""A fee set by resolution: another amount, for one way of handing in, with groups that are spared. Pure."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator

from apps.catalogue.content_schema import EXEMPT_GROUP
from apps.procedures.override_reading import Override, Unclear, whole

_GROUP = Draft202012Validator(EXEMPT_GROUP)
_LONGEST_KEY = 60


def change_fee(content: dict[str, Any], origins: dict[str, str], override: Override) -> None:
    """``origins``: key of a tariff that came of a division → key of the national one.

    Groups that the override names stand in for those that were there; where it names
    none, they go on, but for a reduced amount that would not be lower any more.
    """
    amount, groups = whole(override, "amount", 0), _groups(override)
    own = [fee for fee in content["fees"] if origins.get(fee["key"], fee["key"]) == override.get("key")]
    if not own:
        raise Unclear(_("không có khoản phí mang khóa {key}").format(key=override.get("key")))
    for fee in _of_channel(content, origins, own, override.get("channel")):
        fee["amount"], fee["legal_ground"] = amount, override["ground"]
        kept = groups or [
            one for one in fee.get("exempt_groups", ()) if one.get("amount", 0) < max(amount, 1)
        ]
        if kept or "exempt_groups" in fee:
            fee["exempt_groups"] = kept


def _groups(override: Override) -> list[dict[str, Any]]:
    groups = override.get("exempt_groups") or []
    if not isinstance(groups, list) or not all(_GROUP.is_valid(group) for group in groups):
        raise Unclear(_("mỗi đối tượng miễn, giảm phải có tên và căn cứ"))
    if len({group["key"] for group in groups}) != len(groups):
        raise Unclear(_("có hai đối tượng miễn, giảm trùng nhau"))
    if any(group.get("amount", 0) >= max(override["amount"], 1) for group in groups):
        raise Unclear(_("mức của đối tượng miễn, giảm phải thấp hơn mức thu chung"))
    return [dict(group) for group in groups]


def _of_channel(
    content: dict[str, Any], origins: dict[str, str], own: list[dict[str, Any]], channel: object
) -> list[dict[str, Any]]:
    if channel is None:
        return own
    if channel not in content["channels"]:
        raise Unclear(_("thủ tục không nhận hồ sơ theo cách này"))
    exact = [fee for fee in own if fee["channel"] == channel]
    if exact:
        return exact
    general = [fee for fee in own if fee["channel"] is None]
    if not general:
        raise Unclear(_("khoản thu này không áp dụng cho cách nộp được chọn"))
    divided = [each for fee in general for each in _divide(content, origins, fee)]
    return [fee for fee in divided if fee["channel"] == channel]


def _divide(content: dict[str, Any], origins: dict[str, str], fee: dict[str, Any]) -> list[dict[str, Any]]:
    """One tariff for every way of handing in becomes one for each: a dossier still meets exactly one of them."""
    origin = origins.get(fee["key"], fee["key"])
    taken = {one["key"] for one in content["fees"]}
    parts = []
    for channel in content["channels"]:
        key = _free_key(f"{fee['key'][: _LONGEST_KEY - 15]}-{channel.lower()}", taken)
        origins[key] = origin
        parts.append({**fee, "key": key, "channel": channel})
    place = content["fees"].index(fee)
    content["fees"][place : place + 1] = parts
    return parts


def _free_key(wish: str, taken: set[str]) -> str:
    key = (
        wish
        if wish not in taken
        else next(f"{wish}-{n}" for n in range(2, 100) if f"{wish}-{n}" not in taken)
    )
    taken.add(key)
    return key
