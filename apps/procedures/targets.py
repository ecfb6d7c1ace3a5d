"""What an override touches, by the paths of apps.catalogue.parts. Pure."""

from dataclasses import dataclass
from typing import Any

from apps.catalogue.paths import make_path

Override = dict[str, Any]
_FEE_FACTS = ("amount", "channel", "case", "per", "due", "legal_ground", "exempt_groups/order")


@dataclass(frozen=True, slots=True)
class Target:
    """``path``: the value that it stands in for. ``thing``: what has to be there for it, "" for nothing.

    ``watched``: when the centre changes one of these, the override has to be looked at again.
    """

    path: str
    thing: str = ""
    watched: tuple[str, ...] = ()


def target_of(override: Override) -> Target:
    slot = override["slot"]
    if slot == "limit":
        thing = make_path(("cases", override["case"]))
        return Target(f"{thing}/limit", thing, (f"{thing}/limit",))
    if slot == "fee":
        thing = make_path(("fees", override["key"]))
        return Target(f"{thing}/amount", thing, tuple(f"{thing}/{fact}" for fact in _FEE_FACTS))
    if slot == "component":
        case = override.get("case")
        path = make_path(("components", override["component"]["key"]))
        return Target(path, make_path(("cases", case)) if case else "")
    if slot == "wording":
        return Target(override["path"], override["path"].rpartition("/")[0], (override["path"],))
    if "step" in override:
        thing = make_path(("process", "steps", override["step"]))
        attribute = "allot" if slot == "steps" else "unit"
        return Target(f"{thing}/{attribute}", thing, (f"{thing}/{attribute}",))
    return Target(make_path(("units", override["role"])))


def value_name(override: Override) -> str:
    """The key of the one value that another choice may change; "" where there is none."""
    return {"limit": "amount", "fee": "amount", "steps": "allot", "wording": "text"}.get(override["slot"], "")
