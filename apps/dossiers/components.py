"""Writing the papers of a dossier."""

from datetime import datetime
from typing import Any

from apps.dossiers.errors import FileUnknown
from apps.dossiers.intake import ComponentIn
from apps.dossiers.models import Component, ComponentFile, Dossier
from kernel.actors import Actor
from kernel.files import selectors as files


def save_components(
    *,
    dossier: Dossier,
    handed_in: tuple[ComponentIn, ...],
    content: dict[str, Any],
    by: Actor,
    now: datetime,
) -> None:
    """One row per paper that was handed in. Raises FileUnknown for a file that is not the actor's own."""
    known = {component["key"]: component for component in content["components"]}
    papers = [paper for paper in handed_in if paper.originals or paper.copies or paper.file_ids]
    rows = Component.objects.bulk_create(
        Component(
            dossier=dossier,
            key=paper.key,
            code=known[paper.key].get("code", ""),
            name=known[paper.key]["name"],
            originals=paper.originals,
            copies=paper.copies,
            required=known[paper.key]["required"],
            added_at=now,
        )
        for paper in papers
    )
    attach_files(dict(zip([paper.key for paper in papers], rows, strict=True)), handed_in, by, now)


def attach_files(
    rows: dict[str, Component], handed_in: tuple[ComponentIn, ...], by: Actor, now: datetime
) -> None:
    wanted = [file_id for paper in handed_in for file_id in paper.file_ids]
    if not wanted:
        return
    own = files.find_own_files(public_ids=wanted, by=by)
    if len(own) != len(wanted):  # one that is not theirs, or the same one twice
        raise FileUnknown(field="components")
    taken = ComponentFile.objects.filter(file_id__in=own.values()).exists()
    if taken:
        raise FileUnknown(field="components")
    ComponentFile.objects.bulk_create(
        ComponentFile(component=rows[paper.key], file_id=own[file_id], added_at=now)
        for paper in handed_in
        for file_id in paper.file_ids
    )
