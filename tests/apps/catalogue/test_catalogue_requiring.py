"""Who lags and why, and by when a version has to be adopted."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.enums import Lag
from apps.catalogue.errors import (
    DeadlineBeforeEffect,
    DeadlineInThePast,
    DeadlineReasonNeeded,
    NotOpenToEveryRing,
    OfferRunUnknown,
    VersionNotPublished,
)
from apps.catalogue.models import AdoptionDeadline, OfferNotice, OfferRun, PublishLog
from apps.catalogue.national_files import read_national
from kernel.errors import Refusals
from tenants.registry.acts import list_acts
from tests.publishing import publish_by_two
from tests.statements import statements_of

CODE = "1.001193"
CONTENT = next(file.content for file in read_national() if file.code == CODE)
TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=30)
pytestmark = pytest.mark.usefixtures("central")


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    ring: str


PLACES = [
    Place("H21", "Tỉnh Gia Lai", "PILOT"),
    Place("H26", "Hà Nội", "EARLY"),
    Place("H36", "Lâm Đồng", "GENERAL"),
]


def published(operator, now, *, days=0, rings=("PILOT",), **changes):
    version = services.create_draft(code=CODE, content={**CONTENT, **changes}, by=operator, now=now)
    return publish_by_two(
        version_id=version.id, effective_from=TODAY + timedelta(days=days), rings=rings, by=operator, now=now
    )


def adopted(version, tenant, operator, now, *, since=TODAY, overridden=False):
    services.report_adoption(
        tenant_code=tenant,
        version=version.public_id,
        overridden=overridden,
        in_force_from=since,
        by=operator,
        now=now,
    )


def require(version, operator, now, due_on=LATER, reason="Nghị định 118"):
    return services.require_adoption(
        version_id=version.id, due_on=due_on, reason=reason, by=operator, now=now
    )


def board(on):
    return selectors.get_adoption_board(CODE, places=PLACES, on=on)


def test_board_says_who_lags_since_when_and_why(operator, now) -> None:
    first = published(operator, now, rings=services.EVERY_RING)
    for place in PLACES:
        adopted(first, place.code, operator, now)
    second = published(operator, now, days=2, rings=("PILOT", "EARLY"), name="Mới")
    rows = {row.code: (row.number, row.why, row.days, row.is_late) for row in board(TODAY).rows}
    assert rows["H21"] == (1, Lag.NOTHING_DONE, 0, False)
    run = OfferRun.objects.get(version=second)
    services.note_offer(run_id=run.id, tenant_code="H26", changes=3, conflicts=1, now=now)
    adopted(second, "H21", operator, now, since=TODAY + timedelta(days=2))
    rows = {
        row.code: (row.number, row.why, row.days, row.is_late)
        for row in board(TODAY + timedelta(days=7)).rows
    }
    assert rows == {
        "H21": (2, None, 0, False),
        "H26": (1, Lag.CONFLICTS, 5, True),
        "H36": (1, Lag.NOT_OFFERED, 5, True),
    }
    assert board(TODAY + timedelta(days=1)).rows[0].why == Lag.BEGINS_LATER


def test_board_knows_who_does_not_run_it(operator, now) -> None:
    assert board(TODAY) is None
    published(operator, now)
    assert [(row.number, row.why) for row in board(TODAY).rows] == [(None, None)] * 3


def test_board_costs_the_same_for_one_place_and_for_three(operator, now) -> None:
    first = published(operator, now, rings=services.EVERY_RING)
    adopted(first, "H21", operator, now)

    def measured(places):
        return len(statements_of(lambda: selectors.get_adoption_board(CODE, places=places, on=TODAY)))

    one = measured(PLACES[:1])
    for place in PLACES[1:]:
        adopted(first, place.code, operator, now)
    assert measured(PLACES) == one


def test_require_adoption_sets_a_day_and_logs_it(operator, now) -> None:
    version = published(operator, now, rings=services.EVERY_RING)
    require(version, operator, now)
    require(version, operator, now, due_on=LATER + timedelta(days=1), reason="Gia hạn")
    assert [(one.due_on, one.reason) for one in AdoptionDeadline.objects.all()] == [
        (LATER + timedelta(days=1), "Gia hạn")
    ]
    lines = [row.note for row in selectors.list_publish_log() if row.action == "REQUIRE"]
    assert lines == [f"{LATER + timedelta(days=1)}: Gia hạn", f"{LATER}: Nghị định 118"]
    assert [act.action for act in list_acts()] == ["template.required"] * 2
    assert board(TODAY).due_on == LATER + timedelta(days=1)


def test_require_adoption_refuses_all_that_is_wrong_and_sets_nothing(operator, now) -> None:
    version = published(operator, now, days=40)
    with pytest.raises(Refusals) as refusal:
        require(version, operator, now, due_on=TODAY - timedelta(days=1), reason=" ")
    assert [type(one) for one in refusal.value.refusals] == [
        DeadlineReasonNeeded, DeadlineInThePast, DeadlineBeforeEffect, NotOpenToEveryRing,
    ]  # fmt: skip
    draft = services.create_draft(code=CODE, content=CONTENT, by=operator, now=now)
    with pytest.raises(VersionNotPublished):
        require(draft, operator, now)
    assert not AdoptionDeadline.objects.exists()
    assert not PublishLog.objects.filter(action="REQUIRE").exists()
    assert list_acts() == []


def test_list_due_begins_on_the_day_after(operator, now) -> None:
    version = published(operator, now, rings=services.EVERY_RING)
    adopted(version, "H21", operator, now)
    require(version, operator, now)
    assert selectors.list_due(on=LATER) == []
    (due,) = selectors.list_due(on=LATER + timedelta(days=1))
    assert (due.code, due.number, due.adopted) == (CODE, 1, {"H21": 1})


def test_a_note_is_kept_once_a_tenant_and_counted_as_progress(operator, now) -> None:
    version = published(operator, now)
    run = selectors.find_offer_run(version.id)
    assert (run.state, run.rings) == ("WAITING", ("PILOT",))
    services.begin_run(run_id=run.id, total=2)
    for changes in (1, 4):
        services.note_offer(run_id=run.id, tenant_code="H21", changes=changes, conflicts=0, now=now)
    assert OfferNotice.objects.get().changes == 4
    found = selectors.get_offer_run(run.public_id)
    assert (found.done, found.total, found.state) == (1, 2, "RUNNING")
    services.finish_run(run_id=run.id, failed=["H26"], now=now)
    assert selectors.get_offer_run(run.public_id).failed == ("H26",)
    note = selectors.list_offer_notes(tenant_code="H21", versions=[version.public_id])[version.public_id]
    assert (note.changes, note.conflicts, note.due_on) == (4, 0, None)
    note = selectors.list_offer_notes(tenant_code="H26", versions=[version.public_id])[version.public_id]
    assert note.changes is None
    with pytest.raises(OfferRunUnknown):
        services.note_offer(run_id=0, tenant_code="H21", changes=1, conflicts=0, now=now)


def test_what_ships_with_a_release_is_told_to_nobody(operator, now) -> None:
    services.load_national(by=operator, now=now)
    assert not OfferRun.objects.exists()
