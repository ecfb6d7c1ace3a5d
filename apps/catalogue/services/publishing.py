"""Door 2: make a wording the law of the house, or end it. Going back is a new publish."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.catalogue.editors import editor_key, has_edited
from apps.catalogue.enums import ADOPTABLE, UNPUBLISHED, LogAction, VersionState
from apps.catalogue.errors import (
    EffectiveBeforePredecessor,
    EffectiveInThePast,
    LegalBasisNeeded,
    SecondPersonNeeded,
    VersionJumpsPredecessor,
    VersionNotPublished,
    refuse,
)
from apps.catalogue.lifecycle import Act, destination
from apps.catalogue.models import TemplateVersion
from apps.catalogue.services.drafting import create_draft, lock_version, write_headings
from apps.catalogue.services.log import lock_log, write_line
from apps.catalogue.services.offer_runs import start_run
from apps.catalogue.services.offering import PILOTS, open_to
from apps.catalogue.services.reviewing import lock_in_review, soundness_refusals, submit_version
from apps.catalogue.services.superseding import supersede_before
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError

# Who wrote the national templates that ship with a release: they are reviewed with the release itself,
# and the person who loads them is the second one. A first act without an account, a second one with a name.
_MAKERS = Actor(kind=ActorKind.SYSTEM, id=None, name="Bộ biểu mẫu kèm theo bản phát hành")


@transaction.atomic
def publish(
    *,
    version_id: int,
    effective_from: date,
    legal_basis: str,
    by: Actor,
    now: datetime,
    rings: Sequence[str] = PILOTS,
) -> TemplateVersion:
    """Approve what is in review: from ``effective_from`` on it is the law, and nobody changes it any more.

    Tenants of these rings may adopt it from now on; the others get it by
    offer_version, once the pilots are content. A day to come is a scheduled
    change. Raises VersionUnknown, VersionNotInReview, RingUnclear, and all at
    once SecondPersonNeeded, LegalBasisNeeded, EffectiveInThePast,
    EffectiveBeforePredecessor, VersionJumpsPredecessor, FindingsOpen and
    ContentRefused with every problem by its place.
    """
    version = lock_in_review(version_id)
    refusals: list[DomainError] = []
    if has_edited(version.edited_by, by):
        refusals.append(SecondPersonNeeded(template=version.template.code, number=version.number, by=by.name))
    if effective_from < timezone.localdate(now):
        refusals.append(EffectiveInThePast(field="effective_from", date=f"{effective_from:%d/%m/%Y}"))
    opened = _enact(version, effective_from, legal_basis, by, now, rings, refusals)
    start_run(version, opened, by=by, now=now)
    return version


@transaction.atomic
def publish_shipped(
    *,
    code: str,
    content: dict[str, Any],
    effective_from: date,
    legal_basis: str,
    by: Actor,
    now: datetime,
    rings: Sequence[str],
    source_sha256: str = "",
) -> TemplateVersion:
    """What ships with a release goes the same way in two named acts: its makers submit, who loads it approves.

    Its day may be past: the law was in force before this house knew it. A later
    version begins today at the earliest. Raises DraftIsOpen and what publish does.
    """
    draft = create_draft(code=code, content=content, by=_MAKERS, now=now, source_sha256=source_sha256)
    submit_version(version_id=draft.id, changes=legal_basis, by=_MAKERS, now=now)
    version = lock_in_review(draft.id)
    newest = _predecessor(version)
    if newest is not None:
        effective_from = max(effective_from, newest.effective_from or effective_from, timezone.localdate(now))
    _enact(version, effective_from, legal_basis, by, now, rings, [])
    return version


@transaction.atomic
def retire(*, version_id: int, ground: str, by: Actor, now: datetime) -> TemplateVersion:
    """No new adoption of this version. Tenants that run it go on until they adopt another."""
    version = lock_version(version_id)
    target = destination(version.state, Act.RETIRE)
    if target is None:
        raise VersionNotPublished(template=version.template.code, number=version.number)
    version.state, version.retired_at = target, now
    version.save(update_fields=["state", "retired_at"])
    write_line(version, LogAction.RETIRE, by=by, now=now, note=ground)
    return version


def _enact(
    version: TemplateVersion,
    effective_from: date,
    legal_basis: str,
    by: Actor,
    now: datetime,
    rings: Sequence[str],
    refusals: list[DomainError],
) -> list[str]:
    """The rings that it is open to now."""
    if not legal_basis.strip():
        refusals.append(LegalBasisNeeded(field="legal_basis"))
    refuse([*refusals, *_order_refusals(version, effective_from), *soundness_refusals(version)])
    lock_log()
    version.state = VersionState.PUBLISHED
    version.effective_from, version.legal_basis = effective_from, legal_basis.strip()
    version.published_at, version.published_by, version.published_by_key = now, by.name, editor_key(by)
    version.save(update_fields=[
        "state", "effective_from", "legal_basis", "published_at", "published_by", "published_by_key",
    ])  # fmt: skip
    write_headings(version.template, version.content)
    write_line(version, LogAction.PUBLISH, by=by, now=now, note=legal_basis.strip())
    opened = open_to(version, rings, by=by, now=now)
    supersede_before(version.template_id, by=by, now=now)
    return opened


def _predecessor(version: TemplateVersion) -> TemplateVersion | None:
    others = TemplateVersion.objects.filter(template_id=version.template_id).exclude(id=version.id)
    return others.exclude(state__in=UNPUBLISHED).defer("content").order_by("-number").first()


def _order_refusals(version: TemplateVersion, effective_from: date) -> list[DomainError]:
    """One after the other, in number and in time. What was retired still counts as a number, not as a day."""
    before = _predecessor(version)
    expected = before.number + 1 if before else 1
    found: list[DomainError] = []
    if version.number != expected:
        found.append(VersionJumpsPredecessor(number=version.number, next=expected))
    if (
        before
        and before.state in ADOPTABLE
        and before.effective_from
        and effective_from < before.effective_from
    ):
        found.append(
            EffectiveBeforePredecessor(
                field="effective_from",
                date=f"{effective_from:%d/%m/%Y}",
                other=f"{before.effective_from:%d/%m/%Y}",
                number=before.number,
            )
        )
    return found
