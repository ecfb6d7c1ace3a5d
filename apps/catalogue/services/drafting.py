"""Door 2: write the wording that is to be published next."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.catalogue.content import content_sha256
from apps.catalogue.editors import editor_key
from apps.catalogue.enums import UNPUBLISHED, VersionState
from apps.catalogue.errors import (
    CodeDiffers,
    DraftChangedMeanwhile,
    DraftIsOpen,
    VersionInReview,
    VersionNotDraft,
    VersionUnknown,
)
from apps.catalogue.models import ProcedureTemplate, TemplateVersion
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean, fold


@transaction.atomic
def create_draft(
    *, code: str, content: dict[str, Any], by: Actor, now: datetime, source_sha256: str = ""
) -> TemplateVersion:
    """The next version of ``code``, the first one if the nation did not know it.

    The content may still be unfinished; publishing asks for all of it. Raises
    CodeDiffers, DraftIsOpen (one draft at a time, so that two operators never
    publish over each other).
    """
    _check_code(code, content)
    template, _ = ProcedureTemplate.objects.get_or_create(
        code=code, defaults={**_headings(content), "created_at": now}
    )
    template = ProcedureTemplate.objects.select_for_update(of=("self",)).get(id=template.id)
    newest = template.versions.order_by("-number").first()
    if newest is not None and newest.state in UNPUBLISHED:
        raise DraftIsOpen(template=code)
    if newest is None:
        ProcedureTemplate.objects.filter(id=template.id).update(**_headings(content))
    return TemplateVersion.objects.create(
        public_id=uuid7(),
        template=template,
        number=newest.number + 1 if newest else 1,
        content=content,
        content_sha256=content_sha256(content),
        source_sha256=source_sha256,
        created_at=now,
        created_by=by.name,
        edited_by=[editor_key(by)],
    )


@transaction.atomic
def draft_from_published(*, code: str, by: Actor, now: datetime) -> TemplateVersion:
    """A draft that begins as the newest published wording. Its transition was for that version only.

    Raises VersionUnknown, DraftIsOpen.
    """
    published = TemplateVersion.objects.filter(template__code=code).exclude(state__in=UNPUBLISHED)
    newest = published.order_by("-number").first()
    if newest is None:
        raise VersionUnknown
    content = {key: value for key, value in newest.content.items() if key != "transition"}
    return create_draft(code=code, content=content, by=by, now=now)


@transaction.atomic
def update_draft(
    *,
    version_id: int,
    content: dict[str, Any],
    by: Actor,
    now: datetime,
    source_sha256: str | None = None,
    seen_sha256: str | None = None,
) -> TemplateVersion:
    """Another wording of a draft. ``seen_sha256``: of the wording that the editor had before his eyes.

    Raises VersionUnknown, VersionNotDraft, VersionInReview, DraftChangedMeanwhile, CodeDiffers.
    """
    version = lock_draft(version_id)
    if seen_sha256 is not None and seen_sha256 != version.content_sha256:
        raise DraftChangedMeanwhile(by=version.created_by)
    _check_code(version.template.code, content)
    version.content, version.content_sha256 = content, content_sha256(content)
    version.created_at, version.created_by = now, by.name
    note_editor(version, by)
    if source_sha256 is not None:
        version.source_sha256 = source_sha256
    version.save()
    if version.number == 1:
        ProcedureTemplate.objects.filter(id=version.template_id).update(**_headings(content))
    return version


def lock_draft(version_id: int) -> TemplateVersion:
    """Raises VersionUnknown, VersionInReview, VersionNotDraft."""
    version = lock_version(version_id)
    if version.state == VersionState.IN_REVIEW:
        raise VersionInReview(template=version.template.code, number=version.number)
    if version.state != VersionState.DRAFT:
        raise VersionNotDraft(template=version.template.code, number=version.number)
    return version


def note_editor(version: TemplateVersion, by: Actor) -> None:
    """Whoever has had a hand in a wording never approves it. The caller saves."""
    if editor_key(by) not in version.edited_by:
        version.edited_by = [*version.edited_by, editor_key(by)]


def lock_version(version_id: int) -> TemplateVersion:
    version = (
        TemplateVersion.objects.select_for_update(of=("self",))
        .select_related("template")
        .filter(id=version_id)
        .first()
    )
    if version is None:
        raise VersionUnknown
    return version


def write_headings(template: ProcedureTemplate, content: dict[str, Any]) -> None:
    """Lists show the newest published wording."""
    ProcedureTemplate.objects.filter(id=template.id).update(**_headings(content))


def _check_code(code: str, content: dict[str, Any]) -> None:
    if content.get("code") != code:
        raise CodeDiffers(template=code, found=str(content.get("code")))


def _headings(content: dict[str, Any]) -> dict[str, str]:
    field, promulgator = content.get("field") or {}, content.get("promulgator") or {}
    name = clean(content.get("name", ""))[:1000]
    return {
        "name": name,
        "name_search": fold(f"{content.get('code', '')} {name}")[:1100],
        "field_code": field.get("code", ""),
        "field_name": field.get("name", ""),
        "promulgator_code": promulgator.get("code", ""),
        "promulgator_name": promulgator.get("name", ""),
    }
