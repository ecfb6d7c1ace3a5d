"""Where an address may be: provinces and the communes below each, as the picker offers them."""

from dataclasses import dataclass, field

ELSEWHERE = "khac"  # of the picker: written by hand


@dataclass(frozen=True, slots=True)
class Places:
    """``provinces``: code → name; ``communes``: code of a province → code → name. Empty: all is written by hand."""

    provinces: dict[str, str] = field(default_factory=dict)
    communes: dict[str, dict[str, str]] = field(default_factory=dict)

    def province(self, code: str) -> str:
        return self.provinces.get(code, "")

    def commune(self, province: str, code: str) -> str:
        return self.communes.get(province, {}).get(code, "")


NOWHERE = Places()
