"""Single values of the adoption form, and where each of them was typed."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict

from frontend.typed import read_day

Override = dict[str, Any]
Data = MultiValueDict[str, str]


@dataclass(slots=True)
class Asked:
    """``places`` names, for each override, the field that it was typed into."""

    overrides: list[Override] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def add(self, place: str, **override: Any) -> None:
        self.overrides.append(override)
        self.places.append(place)


def grounds(data: Data, place: str) -> dict[str, Any]:
    """The ground of a change, the days on which it holds and the paper it rests on."""
    found: dict[str, Any] = {"ground": text_of(data, f"{place}-ground")}
    for key in ("from", "to"):
        typed = text_of(data, f"{place}-{key}")
        if typed:
            day = read_day(typed)
            found[key] = day.isoformat() if day else typed  # what is no day is refused by the service
    link = text_of(data, f"{place}-link")
    if link:
        found["resolution"] = {"number": found["ground"], "link": link}
    return found


def ground_values(place: str, override: Override | None) -> dict[str, str]:
    """The same the other way round, for the form before anything is typed."""
    one = override or {}
    return {
        f"{place}-ground": str(one.get("ground", "")),
        f"{place}-from": typed_day(one.get("from")),
        f"{place}-to": typed_day(one.get("to")),
        f"{place}-link": str((one.get("resolution") or {}).get("link", "")),
    }


def typed_day(text: str | None) -> str:
    day = read_day(text) if text else None
    return f"{day:%d/%m/%Y}" if day else text or ""


def find_override(overrides: list[Override], **facts: Any) -> Override | None:
    return next(
        (one for one in overrides if all(one.get(name) == value for name, value in facts.items())), None
    )


def text_of(data: Data, name: str) -> str:
    return str(data.get(name) or "").strip()[:1000]


def whole_number(text: str) -> int | None:
    """None for what is no number: the service refuses it with its own sentence."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None


def amount_of(text: str) -> int | None:
    """``8.000 đ`` as people write it."""
    return whole_number(text.replace(".", "").replace("đ", "").strip())
