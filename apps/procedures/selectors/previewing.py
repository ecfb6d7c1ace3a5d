"""What this tenant would have if a national wording came: its own overrides laid over it as far as they fit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from apps.catalogue import selectors as catalogue
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


def preview_adoption(*, code: str, content: dict[str, Any], on: date) -> AdoptionPreview | None:
    """None: the procedure does not run here."""
    running = (
        AdoptedVersion.objects.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gt=on), procedure_code=code
        )
        .order_by("-in_force_from")
        .first()
    )
    if running is None:
        return None
    base = catalogue.get_version_content(running.template_version).content
    merged = merge(base=base, new=content, overrides=running.overrides)
    return AdoptionPreview(
        template_number=running.template_number,
        running=running.content,
        overrides=len(running.overrides),
        changes=len(merged.national) + len(merged.conflicts),
        conflicts=len(merged.conflicts),
        content=apply_overrides(content, list(merged.kept)).content,
    )
