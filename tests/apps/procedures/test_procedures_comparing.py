"""Deciding, one by one and together, and taking the result over. Kiểm soát and her colleague in Gia Lai."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.audit.selectors import list_entries
from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.procedures import selectors, services
from apps.procedures.enums import Choice
from apps.procedures.errors import (
    ControllerDutyMissing,
    DecisionMeanwhile,
    DecisionsMissing,
    DecisionUnlawful,
    LimitMayOnlyShrink,
    NothingToCompare,
    TemplateNotOffered,
)
from apps.procedures.merging import Decision
from apps.procedures.models import AdoptedVersion, AdoptionDraft
from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import get_tenant
from tests.publishing import publish_by_two

CODE = "1.013225"
TODAY = date(2026, 11, 23)
GROUND = "Nghị quyết 12/2026/NQ-HĐND"


@pytest.fixture
def colleague(controller) -> Actor:
    return replace(controller, id=8, name="Lê Văn Duyệt")


@pytest.fixture
def publish(operator, now):
    def published(days: int | None = None, **changes: object):
        with central_context():
            content = catalogue.find_newest_published(CODE).content
            if days is not None:
                content["cases"][1]["limit"]["amount"] = days
            draft = catalogue_services.create_draft(
                code=CODE, content={**content, **changes}, by=operator, now=now
            )
            publish_by_two(
                version_id=draft.id,
                effective_from=TODAY,
                rings=catalogue_services.EVERY_RING,
                by=operator,
                now=now,
            )
        return draft.public_id

    return published


@pytest.fixture
def shorter(national, controller, now) -> AdoptedVersion:
    """Gia Lai runs 5 days where the nation says 7."""
    case = catalogue.get_version_content(national[CODE]).content["cases"][1]["code"]
    own = {"slot": "limit", "case": case, "amount": 5, "ground": GROUND}
    return services.adopt(template_version_id=national[CODE], overrides=[own], by=controller, now=now)


def the_conflict():
    (conflict,) = selectors.get_comparison(CODE, on=TODAY).merged.conflicts
    return conflict


def save(version, decision, by, now, seen=0, key=None) -> int:
    return services.save_decision(
        code=CODE,
        version=version,
        key=key or the_conflict().key,
        decision=decision,
        seen=seen,
        by=by,
        now=now,
    )


def decisions() -> dict:
    return {
        key: row["choice"] for draft in AdoptionDraft.objects.all() for key, row in draft.decisions.items()
    }


def test_get_comparison_says_when_there_is_nothing(national, controller, publish, now) -> None:
    with pytest.raises(NothingToCompare):
        selectors.get_comparison(CODE, on=TODAY)
    services.adopt(template_version_id=national[CODE], overrides=[], by=controller, now=now)
    with pytest.raises(NothingToCompare):
        selectors.get_comparison(CODE, on=TODAY)
    publish(days=8)
    comparison = selectors.get_comparison(CODE, on=TODAY)
    assert (comparison.base.number, comparison.new.number, comparison.open_count) == (1, 2, 0)


def test_save_decision_is_kept_and_seen_by_the_next_person(
    shorter, controller, colleague, publish, now
) -> None:
    """Take the revision check out of save_decision and the second writes over the first, unseen."""
    version = publish(days=8)
    assert selectors.get_comparison(CODE, on=TODAY).open_count == 1
    assert save(version, Decision(Choice.KEEP), controller, now) == 1
    comparison = selectors.get_comparison(CODE, on=TODAY)
    assert comparison.open_count == 0
    assert [(one.decision.choice, one.by) for one in comparison.decided.values()] == [
        ("KEEP", controller.name)
    ]
    with pytest.raises(DecisionMeanwhile, match=f"{controller.name} vừa chọn “Giữ của mình”"):
        save(version, Decision(Choice.NATIONAL), colleague, now, seen=0)
    assert list(decisions().values()) == ["KEEP"]
    assert (
        save(version, Decision(Choice.KEEP), colleague, now, seen=0) == 1
    )  # the same: nothing to quarrel about
    assert save(version, Decision(Choice.NATIONAL), colleague, now, seen=1) == 2
    assert list(decisions().values()) == ["NATIONAL"]


def test_save_decision_refuses_what_is_not_lawful_and_keeps_nothing(
    shorter, controller, publish, now
) -> None:
    version = publish(days=4)
    with pytest.raises(DecisionUnlawful):
        save(version, Decision(Choice.KEEP), controller, now)
    with pytest.raises(LimitMayOnlyShrink):
        save(version, Decision(Choice.EDIT, 4), controller, now)
    with pytest.raises(DecisionUnlawful):
        save(version, Decision(Choice.NATIONAL), controller, now, key="0" * 16)
    with pytest.raises(ControllerDutyMissing):
        save(version, Decision(Choice.NATIONAL), Actor(kind=ActorKind.STAFF, id=9, name="Khác"), now)
    with pytest.raises(TemplateNotOffered):
        save(shorter.template_version, Decision(Choice.NATIONAL), controller, now)
    assert decisions() == {}


def test_adopt_merged_keeps_ours_and_takes_the_centres(shorter, controller, publish, now) -> None:
    version = publish(days=8, name="Cấp giấy phép xây dựng (tên mới)")
    with pytest.raises(DecisionsMissing):
        services.adopt_merged(code=CODE, version=version, by=controller, now=now)
    assert AdoptedVersion.objects.count() == 1
    save(version, Decision(Choice.KEEP), controller, now)
    adopted = services.adopt_merged(code=CODE, version=version, by=controller, now=now)
    view = selectors.get_version_in_force(CODE, TODAY)
    assert view.id == adopted.id
    assert view.name == "Cấp giấy phép xây dựng (tên mới)"
    assert view.content["cases"][1]["limit"]["amount"] == 5
    assert list_entries(subject_type="procedure", subject_id=adopted.id)[-1].action == "MERGE"
    with pytest.raises(NothingToCompare):
        selectors.get_comparison(CODE, on=TODAY)


@pytest.mark.parametrize(
    ("decision", "days"), [(Decision(Choice.NATIONAL), 4), (Decision(Choice.EDIT, 3, "NQ mới"), 3)]
)
def test_adopt_merged_takes_what_was_decided(shorter, controller, publish, now, decision, days) -> None:
    version = publish(days=4)
    save(version, decision, controller, now)
    services.adopt_merged(code=CODE, version=version, by=controller, now=now)
    assert selectors.get_version_in_force(CODE, TODAY).content["cases"][1]["limit"]["amount"] == days


def test_decisions_about_one_version_are_not_those_about_the_next(shorter, controller, publish, now) -> None:
    first = publish(days=8)
    save(first, Decision(Choice.KEEP), controller, now)
    second = publish(days=6)
    with pytest.raises(TemplateNotOffered):
        services.adopt_merged(code=CODE, version=first, by=controller, now=now)
    with pytest.raises(DecisionsMissing):
        services.adopt_merged(code=CODE, version=second, by=controller, now=now)
    assert AdoptedVersion.objects.count() == 1


def test_drafts_stay_in_their_own_house(shorter, controller, publish, now) -> None:
    version = publish(days=8)
    save(version, Decision(Choice.KEEP), controller, now)
    with tenant_context(get_tenant("H26")):
        assert not AdoptionDraft.objects.exists()
        with pytest.raises(NothingToCompare):
            selectors.get_comparison(CODE, on=TODAY + timedelta(days=1))
    assert AdoptionDraft.objects.count() == 1
