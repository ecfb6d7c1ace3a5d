"""A tenant's own word of why it waits: beside the days of its lag, and no deadline moves by it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.enums import DeferralReason, Lag
from apps.catalogue.errors import (
    DeferralBehindDeadline,
    DeferralInThePast,
    DeferralReasonNeeded,
    DeferralUnknown,
    DeferralWordsNeeded,
    VersionNotPublished,
)
from apps.catalogue.models import AdoptionDeferral
from apps.catalogue.national_files import read_national
from kernel.errors import Refusals
from tests.publishing import publish_by_two
from tests.statements import statements_of

CODE = "1.001193"
CONTENT = next(file.content for file in read_national() if file.code == CODE)
TODAY = date(2026, 11, 23)
UNTIL = TODAY + timedelta(days=20)
pytestmark = pytest.mark.usefixtures("central")


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    ring: str = "GENERAL"


PLACES = [Place("H21", "Tỉnh Gia Lai"), Place("H26", "Hà Nội")]


def publish(operator, now, **changes):
    draft = services.create_draft(code=CODE, content={**CONTENT, **changes}, by=operator, now=now)
    return publish_by_two(
        version_id=draft.id, effective_from=TODAY, rings=services.EVERY_RING, by=operator, now=now
    )


def adopt(version, tenant, operator, now):
    services.report_adoption(
        tenant_code=tenant,
        version=version.public_id,
        overridden=False,
        in_force_from=TODAY,
        by=operator,
        now=now,
    )


def defer(version, operator, now, tenant="H21", reason="FEE_RESOLUTION", words="", until=UNTIL):
    services.report_deferral(
        tenant_code=tenant,
        version=version.public_id,
        reason=reason,
        words=words,
        until=until,
        by=operator,
        now=now,
    )


def board(on=TODAY):
    return {row.code: row for row in selectors.get_adoption_board(CODE, places=PLACES, on=on).rows}


@pytest.fixture
def second(operator, now):
    first = publish(operator, now)
    for place in PLACES:
        adopt(first, place.code, operator, now)
    return publish(operator, now, name="Mới")


def test_the_word_of_each_tenant_stands_beside_its_own_lag(second, operator, now) -> None:
    defer(second, operator, now, words=" Kỳ họp tháng 12. ")
    rows = board(TODAY + timedelta(days=5))
    said = rows["H21"].deferral
    assert (said.reason, said.words, said.until, said.said_by) == (
        "FEE_RESOLUTION",
        "Kỳ họp tháng 12.",
        UNTIL,
        operator.name,
    )
    assert (rows["H21"].why, rows["H21"].days, rows["H21"].is_late) == (Lag.DEFERRED, 5, True)
    assert (rows["H26"].why, rows["H26"].deferral) == (Lag.NOTHING_DONE, None)
    assert board(UNTIL)["H21"].why == Lag.DEFERRED
    over = board(UNTIL + timedelta(days=1))["H21"]
    assert (over.why, over.deferral.is_over(UNTIL + timedelta(days=1))) == (Lag.DEFERRAL_OVER, True)


def test_only_who_could_adopt_and_says_nothing_is_silent(operator, now) -> None:
    first = publish(operator, now)
    for place in PLACES:
        adopt(first, place.code, operator, now)
    draft = services.create_draft(code=CODE, content={**CONTENT, "name": "Mới"}, by=operator, now=now)
    second = publish_by_two(version_id=draft.id, effective_from=TODAY, rings=("PILOT",), by=operator, now=now)
    later = TODAY + timedelta(days=5)
    rows = board(later)
    assert [(row.why, row.is_late, row.is_silent(later)) for row in rows.values()] == [
        (Lag.NOT_OFFERED, True, False)
    ] * 2
    services.offer_version(version=second.public_id, rings=services.EVERY_RING, by=operator, now=now)
    defer(second, operator, now, until=later)
    rows = board(later)
    assert (rows["H21"].is_silent(later), rows["H26"].is_silent(later)) == (False, True)
    assert board(later + timedelta(days=1))["H21"].is_silent(later + timedelta(days=1))
    adopt(second, "H26", operator, now)
    assert not board(later)["H26"].is_silent(later)


def test_a_conflict_stays_the_reason_that_the_board_sees(second, operator, now) -> None:
    run = selectors.find_offer_run(second.id)
    services.note_offer(run_id=run.id, tenant_code="H21", changes=2, conflicts=1, now=now)
    defer(second, operator, now)
    assert (board()["H21"].why, board()["H21"].deferral.reason) == (Lag.CONFLICTS, "FEE_RESOLUTION")


def test_the_later_word_stands_and_ends_with_the_adoption(second, operator, now) -> None:
    defer(second, operator, now)
    defer(second, operator, now, tenant="H26")
    defer(second, operator, now, reason="TRAINING", until=UNTIL + timedelta(days=1))
    assert board()["H21"].deferral.reason == "TRAINING"
    assert AdoptionDeferral.objects.count() == 2
    adopt(second, "H21", operator, now)
    note = selectors.list_offer_notes(tenant_code="H21", versions=[second.public_id])[second.public_id]
    assert (note.deferral, board()["H21"].deferral) == (None, None)
    assert AdoptionDeferral.objects.get(tenant_code="H21").ended_at == now
    assert board()["H26"].deferral.reason == "FEE_RESOLUTION"  # the other tenant's word is its own


def test_a_word_about_the_version_before_is_shown_as_such_and_ends_with_the_newer_one(
    second, operator, now
) -> None:
    defer(second, operator, now)
    third = publish(operator, now, name="Mới nữa")
    assert (board()["H21"].why, board()["H21"].deferral.number) == (Lag.NOTHING_DONE, 2)
    adopt(third, "H21", operator, now)
    assert AdoptionDeferral.objects.get().ended_at == now


def test_withdraw_deferral_takes_back_ones_own_only(second, operator, now) -> None:
    defer(second, operator, now, tenant="H26")
    with pytest.raises(DeferralUnknown):
        services.withdraw_deferral(tenant_code="H21", version=second.public_id, now=now)
    assert board()["H26"].deferral is not None
    services.withdraw_deferral(tenant_code="H26", version=second.public_id, now=now)
    assert board()["H26"].deferral is None
    defer(second, operator, now, tenant="H26")  # and may say so again
    assert board()["H26"].deferral is not None


def test_report_deferral_refuses_all_that_is_wrong_and_writes_nothing(second, operator, now) -> None:
    with pytest.raises(Refusals) as refusal:
        defer(second, operator, now, reason="", until=TODAY - timedelta(days=1))
    assert [(type(one), one.field) for one in refusal.value.refusals] == [
        (DeferralReasonNeeded, "reason"),
        (DeferralInThePast, "until"),
    ]
    with pytest.raises(DeferralReasonNeeded):
        defer(second, operator, now, reason="BECAUSE")
    with pytest.raises(DeferralWordsNeeded):
        defer(second, operator, now, reason=DeferralReason.OTHER, words="  ")
    draft = services.create_draft(code=CODE, content=CONTENT, by=operator, now=now)
    with pytest.raises(VersionNotPublished):
        defer(draft, operator, now)
    assert not AdoptionDeferral.objects.exists()


def test_a_word_goes_no_further_than_the_day_that_is_required(second, operator, now) -> None:
    services.require_adoption(
        version_id=second.id, due_on=UNTIL, reason="Nghị định 118", by=operator, now=now
    )
    with pytest.raises(DeferralBehindDeadline) as refused:
        defer(second, operator, now, until=UNTIL + timedelta(days=1))
    assert refused.value.code == "catalogue.deferral_behind_deadline"
    assert not AdoptionDeferral.objects.exists()
    defer(second, operator, now)
    later = now + timedelta(days=30)
    defer(second, operator, later, until=UNTIL + timedelta(days=40))  # over: it may still say when
    (due,) = selectors.list_due(on=UNTIL + timedelta(days=1))
    assert due.adopted["H21"] == 1  # due all the same


def test_the_board_costs_the_same_with_a_word_of_each(second, operator, now) -> None:
    one = len(statements_of(board))
    for place in PLACES:
        defer(second, operator, now, tenant=place.code)
    assert len(statements_of(board)) == one
