"""Door 2: bring the national templates that ship with the house into the catalogue."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from apps.catalogue.enums import UNPUBLISHED
from apps.catalogue.errors import DraftIsOpen
from apps.catalogue.models import TemplateVersion
from apps.catalogue.national_files import FOLDER, NationalFile, read_national
from apps.catalogue.services.log import lock_log
from apps.catalogue.services.offering import EVERY_RING
from apps.catalogue.services.publishing import publish_shipped
from kernel.actors import Actor


@transaction.atomic
def load_national(
    *, by: Actor, now: datetime, folder: Path = FOLDER, rings: Sequence[str] = EVERY_RING
) -> list[tuple[str, str]]:
    """Draft and publish each file once, for every ring unless said otherwise; returns (code, outcome).

    PUBLISHED, or UNCHANGED when this very content was published before, or
    DRAFT_OPEN when an operator works on a draft of that procedure, which is then
    left alone. All or nothing: ContentRefused stops it and nothing was written.
    """
    lock_log()
    return [(file.code, _load(file, by, now, rings)) for file in read_national(folder)]


def _load(file: NationalFile, by: Actor, now: datetime, rings: Sequence[str]) -> str:
    known = TemplateVersion.objects.filter(template__code=file.code, source_sha256=file.source_sha256)
    if known.exclude(state__in=UNPUBLISHED).exists():
        return "UNCHANGED"
    try:
        publish_shipped(
            code=file.code,
            content=file.content,
            source_sha256=file.source_sha256,
            effective_from=file.effective_from,
            legal_basis=file.decision,
            by=by,
            now=now,
            rings=rings,
        )
    except DraftIsOpen:
        return "DRAFT_OPEN"
    return "PUBLISHED"
