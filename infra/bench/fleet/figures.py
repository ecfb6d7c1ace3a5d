"""One measured figure with its target, and the table of them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HEAD = ("Việc", "ta", "mục tiêu", "cách gốc", "nhanh hơn", "cần", "đạt")


@dataclass(frozen=True, slots=True)
class Figure:
    """``stock`` is what django-tenants' own way took for the same; ``at_least`` how many times faster we have to be."""

    key: str
    title: str
    value: float
    unit: str = "s"
    at_most: float | None = None
    stock: float | None = None
    at_least: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def times(self) -> float | None:
        return self.stock / self.value if self.stock is not None and self.value else None

    def misses(self) -> list[str]:
        """In words; empty: every target is reached."""
        found = []
        if self.at_most is not None and self.value > self.at_most:
            found.append(f"{tell(self.value, self.unit)} > {tell(self.at_most, self.unit)}")
        if self.at_least is not None and self.times is not None and self.times < self.at_least:
            found.append(f"nhanh hơn {self.times:.1f} lần < {self.at_least:.0f} lần".replace(".", ","))
        return found


def tell(value: float, unit: str) -> str:
    shape = {"s": ".3f", "ms": ".1f", "×": ".2f"}.get(unit, ".0f")
    return f"{value:{shape}} {unit}".strip().replace(".", ",")


def table(figures: list[Figure], notes: list[str]) -> str:
    lines = [_HEAD, *(_row(one) for one in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    missed = [f"{one.title.strip()}: {', '.join(one.misses())}" for one in figures if one.misses()]
    end = ["Chưa đạt:", *(f"  ✗ {line}" for line in missed)] if missed else ["Đạt mọi mục tiêu."]
    return "\n".join([*drawn, "", *notes, "", *end])


def _row(one: Figure) -> tuple[str, ...]:
    asked = one.at_most is not None or one.at_least is not None
    return (
        one.title,
        tell(one.value, one.unit),
        f"≤ {tell(one.at_most, one.unit)}" if one.at_most is not None else "",
        tell(one.stock, one.unit) if one.stock is not None else "–",
        f"{one.times:.1f} ×".replace(".", ",") if one.times is not None else "–",
        f"≥ {one.at_least:.0f} ×" if one.at_least is not None else "",
        "✗" if one.misses() else ("✓" if asked else "–"),
    )


def write(path: Path, server: dict[str, Any], figures: list[Figure]) -> None:
    rows = {
        one.key: {
            "title": one.title.strip(), "value": round(one.value, 4), "unit": one.unit, "at_most": one.at_most,
            "stock": one.stock, "times": one.times, "at_least": one.at_least, "missed": one.misses(),
            "detail": one.detail,
        }
        for one in figures
    }  # fmt: skip
    path.write_text(json.dumps({"server": server, "measured": rows}, ensure_ascii=False, indent=1))
