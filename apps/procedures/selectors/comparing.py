"""What has come from the centre, beside what runs here: the three sides of a merge and what is decided so far."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from apps.catalogue import selectors as catalogue
from apps.catalogue.selectors import VersionContent
from apps.procedures.enums import Choice
from apps.procedures.errors import NothingToCompare
from apps.procedures.merging import Decision, Merge, merge
from apps.procedures.models import AdoptedVersion, AdoptionDraft
from apps.procedures.override_reading import has_ended
from apps.procedures.selectors.offers import find_offer


@dataclass(frozen=True, slots=True)
class Decided:
    decision: Decision
    at: datetime | None
    by: str
    revision: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``decided``: by the key of a conflict; only those that still mean something."""

    code: str
    name: str
    adopted_id: int
    adopted_number: int
    base: VersionContent
    new: VersionContent
    merged: Merge
    overrides: list[dict[str, Any]]
    decided: dict[str, Decided]

    @property
    def open_count(self) -> int:
        return sum(conflict.key not in self.decided for conflict in self.merged.conflicts)


def get_comparison(code: str, *, on: date) -> Comparison:
    """Raises NothingToCompare while nothing is adopted here or nothing newer has come."""
    running = (
        AdoptedVersion.objects.standing(on)
        .filter(procedure_code=code)
        .defer("content")
        .order_by("-in_force_from")
        .first()
    )
    new = find_offer(code, on=on)
    if running is None or new is None or new.number <= running.template_number:
        raise NothingToCompare
    base = catalogue.get_version_content(running.template_version)
    overrides = [one for one in running.overrides if not has_ended(one, on)]
    merged = merge(base=base.content, new=new.content, overrides=overrides)
    return Comparison(
        code=code,
        name=new.content["name"],
        adopted_id=running.id,
        adopted_number=running.number,
        base=base,
        new=new,
        merged=merged,
        overrides=overrides,
        decided=_decided(new, merged),
    )


def _decided(new: VersionContent, merged: Merge) -> dict[str, Decided]:
    draft = AdoptionDraft.objects.filter(template_version=new.public_id, adopted_at__isnull=True).first()
    rows = draft.decisions if draft else {}
    return {
        conflict.key: read_decided(rows[conflict.key])
        for conflict in merged.conflicts
        if conflict.key in rows and rows[conflict.key]["choice"] in conflict.choices
    }


def read_decided(row: dict[str, Any]) -> Decided:
    decision = Decision(Choice(row["choice"]), row.get("value"), row.get("ground", ""))
    return Decided(decision, parse_datetime(row["at"]), row["by"], row["revision"])
