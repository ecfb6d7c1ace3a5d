"""Door 1: who runs which version of a template, who lags behind it, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from apps.catalogue.enums import ADOPTABLE, DeferralReason, Lag
from apps.catalogue.errors import OfferRunUnknown
from apps.catalogue.models import (
    AdoptionDeadline,
    AdoptionDeferral,
    OfferNotice,
    OfferRun,
    TemplateVersion,
    VersionOffer,
)
from apps.catalogue.selectors.templates import AdoptionView, list_adoptions
from tenants.registry.context import central_context
from tenants.registry.enums import Ring


class Place(Protocol):
    """A tenant, as far as the board looks at it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def ring(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DeferralView:
    """A tenant's own word of why it waits; ``number`` of the version that it was said about."""

    number: int
    reason: str
    words: str
    until: date
    said_at: datetime
    said_by: str

    @property
    def reason_name(self) -> str:
        return str(DeferralReason(self.reason).label)

    def is_over(self, on: date) -> bool:
        """The day that the tenant has named has passed."""
        return self.until < on


@dataclass(frozen=True, slots=True)
class BoardRow:
    """``number`` None: the procedure does not run there. ``days``: since it could and should have been adopted.

    ``deferral``: also one about an older version that was never adopted.
    """

    code: str
    name: str
    ring: str
    number: int | None
    overridden: bool
    in_force_from: date | None
    why: Lag | None  # None: on time, or nothing to adopt
    days: int
    changes: int | None
    conflicts: int | None
    deferral: DeferralView | None

    @property
    def is_late(self) -> bool:
        return self.why is not None and self.days > 0

    def is_silent(self, on: date) -> bool:
        """Late where it is the tenant's turn, and it has said nothing that still holds."""
        turn = self.is_late and self.why not in (Lag.NOT_OFFERED, Lag.BEGINS_LATER)
        return turn and (self.deferral is None or self.deferral.is_over(on))


@dataclass(frozen=True, slots=True)
class Board:
    """About the newest published version, ``number``."""

    version_id: int
    number: int
    effective_from: date
    due_on: date | None
    reason: str
    is_open_to_all: bool  # only then may a last day be set
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class OfferRunView:
    id: int
    public_id: UUID
    code: str
    number: int
    rings: tuple[str, ...]
    state: str
    total: int
    done: int
    failed: tuple[str, ...]
    started_at: datetime
    started_by: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferNote:
    """What a tenant's landing says about an opened version. Counts are None while nobody has counted."""

    changes: int | None
    conflicts: int | None
    due_on: date | None
    deferral: DeferralView | None = None


@dataclass(frozen=True, slots=True)
class Due:
    version: UUID
    code: str
    number: int
    due_on: date
    reason: str
    adopted: dict[str, int]  # tenant → number of what it has adopted last


def get_adoption_board(code: str, *, places: Iterable[Place], on: date) -> Board | None:
    """None: nothing is published. Six statements for any number of tenants."""
    with central_context():
        published = TemplateVersion.objects.filter(template__code=code, state__in=ADOPTABLE)
        newest = published.defer("content").order_by("-number").first()
        if newest is None or newest.effective_from is None:
            return None
        opened = dict(VersionOffer.objects.filter(version=newest).values_list("ring", "at"))
        notices = {one.tenant_code: one for one in OfferNotice.objects.filter(version=newest)}
        deadline = AdoptionDeadline.objects.filter(version=newest).first()
        deferrals = _deferrals(AdoptionDeferral.objects.filter(version__template__code=code), "tenant_code")
    running = {one.tenant_code: one for one in list_adoptions(code=code)}
    rows = [
        _row(
            place,
            running.get(place.code),
            newest,
            opened.get(place.ring),
            notices.get(place.code),
            deferrals.get(place.code),
            on,
        )
        for place in places
    ]
    return Board(
        version_id=newest.id,
        number=newest.number,
        effective_from=newest.effective_from,
        due_on=deadline.due_on if deadline else None,
        reason=deadline.reason if deadline else "",
        is_open_to_all=set(Ring.values) <= opened.keys(),
        rows=tuple(rows),
    )


def _row(
    place: Place,
    adopted: AdoptionView | None,
    newest: TemplateVersion,
    opened: datetime | None,
    notice: OfferNotice | None,
    deferral: DeferralView | None,
    on: date,
) -> BoardRow:
    why, days = _lag(adopted, newest, opened, notice, on)
    if why == Lag.NOTHING_DONE and deferral and deferral.number == newest.number:
        why = Lag.DEFERRAL_OVER if deferral.is_over(on) else Lag.DEFERRED
    return BoardRow(
        code=place.code,
        name=place.name,
        ring=place.ring,
        number=adopted.number if adopted else None,
        overridden=bool(adopted and adopted.overridden),
        in_force_from=adopted.in_force_from if adopted else None,
        why=why,
        days=days,
        changes=notice.changes if notice else None,
        conflicts=notice.conflicts if notice else None,
        deferral=deferral if why else None,
    )


def _deferrals(rows: QuerySet[AdoptionDeferral], by: str) -> dict[Any, DeferralView]:
    """By that column → what is said now; the word about the newer version goes before."""
    standing = rows.filter(ended_at=None).order_by("version__number")
    columns = ("version__number", "reason", "words", "until", "said_at", "said_by")
    return {key: DeferralView(*row) for key, *row in standing.values_list(by, *columns)}


def _lag(
    adopted: AdoptionView | None,
    newest: TemplateVersion,
    opened: datetime | None,
    notice: OfferNotice | None,
    on: date,
) -> tuple[Lag | None, int]:
    """Days count from when the version took effect; before it was open to the ring nobody there could adopt it."""
    if adopted is None:
        return None, 0
    since = max(newest.effective_from or on, timezone.localdate(opened) if opened else date.min)
    if adopted.number >= newest.number:
        return (Lag.BEGINS_LATER, (on - since).days) if adopted.in_force_from > on else (None, 0)
    days = max((on - since).days, 0)
    if opened is None:
        return Lag.NOT_OFFERED, days
    if notice is not None and notice.conflicts:
        return Lag.CONFLICTS, days
    return Lag.NOTHING_DONE, days


def get_offer_run(public_id: UUID) -> OfferRunView:
    """Two statements. Raises OfferRunUnknown."""
    return _run_view(public_id=public_id)


def get_offer_run_by_id(run_id: int) -> OfferRunView:
    return _run_view(id=run_id)


def find_offer_run(version_id: int) -> OfferRunView | None:
    """The newest about a version."""
    with central_context():
        found = (
            OfferRun.objects.filter(version_id=version_id)
            .order_by("-id")
            .values_list("id", flat=True)
            .first()
        )
    return get_offer_run_by_id(found) if found else None


def list_noted(run_id: int) -> set[str]:
    """Tenants that have a note written by this run."""
    with central_context():
        run = OfferRun.objects.filter(id=run_id).first()
        if run is None:
            raise OfferRunUnknown
        notices = OfferNotice.objects.filter(version_id=run.version_id, noted_at__gte=run.started_at)
        return set(notices.values_list("tenant_code", flat=True))


def list_offer_notes(*, tenant_code: str, versions: Iterable[UUID]) -> dict[UUID, OfferNote]:
    """For a tenant's own pages: version → what was noted about it. Three statements, no contents."""
    wanted = list(versions)
    with central_context():
        deadlines = dict(
            AdoptionDeadline.objects.filter(version__public_id__in=wanted).values_list(
                "version__public_id", "due_on"
            )
        )
        rows = OfferNotice.objects.filter(tenant_code=tenant_code, version__public_id__in=wanted)
        counted = {row[0]: row[1:] for row in rows.values_list("version__public_id", "changes", "conflicts")}
        said = AdoptionDeferral.objects.filter(tenant_code=tenant_code, version__public_id__in=wanted)
        deferred = _deferrals(said, "version__public_id")
    return {
        version: OfferNote(*counted.get(version, (None, None)), deadlines.get(version), deferred.get(version))
        for version in wanted
    }


def list_due(*, on: date) -> list[Due]:
    """Versions whose last day is over, with what each tenant has adopted last."""
    with central_context():
        rows = AdoptionDeadline.objects.filter(due_on__lt=on, version__state__in=ADOPTABLE)
        found = list(
            rows.order_by("due_on", "id").values_list(
                "version__public_id", "version__template__code", "version__number", "due_on", "reason"
            )
        )
    return [Due(*row, {one.tenant_code: one.number for one in list_adoptions(code=row[1])}) for row in found]


def _run_view(**which: Any) -> OfferRunView:
    with central_context():
        run = (
            OfferRun.objects.select_related("version__template")
            .defer("version__content")
            .filter(**which)
            .first()
        )
        if run is None:
            raise OfferRunUnknown
        done = OfferNotice.objects.filter(version_id=run.version_id, noted_at__gte=run.started_at).count()
    return OfferRunView(
        id=run.id,
        public_id=run.public_id,
        code=run.version.template.code,
        number=run.version.number,
        rings=tuple(run.rings),
        state=run.state,
        total=run.total,
        done=done,
        failed=tuple(run.failed),
        started_at=run.started_at,
        started_by=run.started_by,
        finished_at=run.finished_at,
    )
