"""Corrections of a version that has been taken over, laid beside the earlier ones whose dossiers may still be open."""

from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from apps.audit import services as audit
from apps.procedures.correcting import flowing
from apps.procedures.models import AdoptedVersion, Correction
from apps.procedures.selectors import corrections_key
from kernel.actors import Actor


def lay_corrections(version: AdoptedVersion, *, by: Actor, now: datetime) -> None:
    """Part of the adoption of ``version``. The earlier versions themselves are not touched: nothing may touch them."""
    if not (version.content.get("transition") or {}).get("flows"):
        return
    # Also one that was replaced on its first day: somebody may have handed in that morning. Words of an older
    # template put nothing right in a newer one, that was to begin later or that is gone back from.
    earlier = AdoptedVersion.objects.filter(
        procedure_code=version.procedure_code,
        number__lt=version.number,
        template_number__lte=version.template_number,
    )
    for old in earlier:
        own = [one["path"] for one in old.overrides if one["slot"] == "wording"]
        words = flowing(old.content, version.content, own_paths=own)
        if not words:
            continue
        Correction.objects.bulk_create(
            Correction(version=old, path=path, value=value, from_version=version, at=now, by=by.name)
            for path, value in words.items()
        )
        audit.record(
            by=by,
            action="CORRECT",
            subject_type="procedure",
            subject_id=old.id,
            now=now,
            after={"from_version": version.number, "words": words},
        )
        _forget(old.id)


def _forget(version_id: int) -> None:
    key = corrections_key(version_id)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))
