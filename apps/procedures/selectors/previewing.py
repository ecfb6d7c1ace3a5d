"""What this tenant would have if a national wording came: its own overrides laid over it as far as they fit."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.catalogue import selectors as catalogue
from apps.catalogue.changes import list_changes
from apps.procedures.correcting import flowing
from apps.procedures.merging import merge
from apps.procedures.models import AdoptedVersion
from apps.procedures.overriding import apply_overrides


@dataclass(frozen=True, slots=True)
class AdoptionPreview:
    """``content`` is the new wording with what goes on of this tenant's own; a conflict leaves the national one."""

    template_number: int
    running: dict[str, Any]
    overrides: int
    changes: int
    conflicts: int
    content: dict[str, Any]
    flows: tuple[str, ...]  # paths whose new words would reach the dossiers under what runs now


class DifferenceCounter:
    """How much a national wording differs from what runs in one tenant after the other.

    Many tenants run the same national version: it is read once, and compared once
    for all who have changed nothing in it.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content
        self._bases: dict[UUID, dict[str, Any]] = {}
        self._counts: dict[UUID, int] = {}

    def count(self, *, code: str, on: date) -> tuple[int, int] | None:
        """Differing parts, and those among them that the tenant has changed too; None: it does not run here."""
        running = _running(code, on).values_list("template_version", "overrides").first()
        if running is None:
            return None
        version, overrides = running
        if version not in self._bases:
            self._bases[version] = catalogue.get_version_content(version).content
        base = self._bases[version]
        if overrides:
            merged = merge(base=base, new=self._content, overrides=overrides)
            return len(merged.national) + len(merged.conflicts), len(merged.conflicts)
        if version not in self._counts:
            self._counts[version] = len(list_changes(base, self._content))
        return self._counts[version], 0


def preview_adoption(*, code: str, content: dict[str, Any], on: date) -> AdoptionPreview | None:
    """None: the procedure does not run here."""
    running = _running(code, on).first()
    if running is None:
        return None
    base = catalogue.get_version_content(running.template_version).content
    merged = merge(base=base, new=content, overrides=running.overrides)
    coming = apply_overrides(content, list(merged.kept)).content
    own = [one["path"] for one in running.overrides if one["slot"] == "wording"]
    return AdoptionPreview(
        template_number=running.template_number,
        running=running.content,
        overrides=len(running.overrides),
        changes=len(merged.national) + len(merged.conflicts),
        conflicts=len(merged.conflicts),
        content=coming,
        flows=tuple(sorted(flowing(running.content, coming, own_paths=own))),
    )


def _running(code: str, on: date) -> QuerySet[AdoptedVersion]:
    """The last adoption first, also one that begins later."""
    standing = Q(in_force_to__isnull=True) | Q(in_force_to__gt=on)
    return AdoptedVersion.objects.filter(standing, procedure_code=code).order_by("-in_force_from")
