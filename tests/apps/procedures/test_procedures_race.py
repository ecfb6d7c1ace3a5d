"""Two controllers of one province at the same moment, on two connections, with real commits.

Each was seen to fail: with ``lock_procedure`` emptied two adoptions take the same number and the second ends in
an IntegrityError of the database; the docstrings say what else was taken away.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.organisations import services as organisations
from apps.procedures import selectors, services
from apps.procedures.enums import Choice
from apps.procedures.errors import AdoptedMeanwhile
from apps.procedures.merging import Decision
from apps.procedures.models import AdoptedVersion, AdoptionDraft, LocalDraft
from kernel.actors import Actor
from tenants.registry.context import central_context, get_current_tenant, tenant_context
from tests.at_once import at_once, kinds, one_waits
from tests.lived_in import furnished_centre
from tests.publishing import publish_by_two

CODE = "1.013225"
GROUND = "Nghị quyết 12/2026/NQ-HĐND"
ROUNDS = 4


@pytest.fixture
def room(throwaway_tenant, now):
    """The tenant with the national templates before it; as a context that each thread enters for itself."""
    with furnished_centre(now):
        organisations.create_unit(
            code=throwaway_tenant.code, name="UBND tỉnh", kind="PROVINCE", parent_id=None,
            valid_from=now.date(), by=Actor(kind="SYSTEM", id=None, name="Hệ thống"), now=now,
        )  # fmt: skip
        yield lambda: tenant_context(throwaway_tenant)


@pytest.fixture
def colleague(controller) -> Actor:
    return replace(controller, id=8, name="Lê Văn Duyệt")


def offered():
    return catalogue.find_newest_published(CODE).public_id


def shorter(days: int) -> list[dict]:
    case = catalogue.find_newest_published(CODE).content["cases"][1]["code"]
    return [{"slot": "limit", "case": case, "amount": days, "ground": GROUND}]


def adopting(days, by, now, *, seen=None, day=None):
    """``days`` 0: as the nation says."""
    version, own = offered(), shorter(days) if days else []
    return lambda: services.adopt(
        template_version_id=version, overrides=own, seen=seen, in_force_from=day, by=by, now=now
    )


def publish_newer(operator, now, days: int) -> None:
    with central_context():
        content = catalogue.find_newest_published(CODE).content
        content["cases"][1]["limit"]["amount"] = days
        draft = catalogue_services.create_draft(code=CODE, content=content, by=operator, now=now)
        publish_by_two(
            version_id=draft.id, effective_from=now.date(), rings=catalogue_services.EVERY_RING, by=operator, now=now
        )  # fmt: skip


def merging(by, now, *, seen=None):
    version = offered()
    return lambda: services.adopt_merged(code=CODE, version=version, seen=seen, by=by, now=now)


def decide(decision: Decision, by, now, *, seen=0) -> int:
    """About the one conflict that there is."""
    (conflict,) = selectors.get_comparison(CODE, on=now.date()).merged.conflicts
    return services.save_decision(
        code=CODE, version=offered(), key=conflict.key, decision=decision, seen=seen, by=by, now=now
    )


def newest() -> int:
    return selectors.list_history(CODE)[0].number if selectors.list_history(CODE) else 0


def in_force(day) -> AdoptedVersion:
    """Exactly one on that day."""
    rows = AdoptedVersion.objects.filter(procedure_code=CODE, in_force_from__lte=day)
    (one,) = [row for row in rows if row.in_force_to is None or row.in_force_to > day]
    return one


def test_of_two_who_adopt_different_things_at_once_the_second_is_refused(
    room, controller, colleague, now
) -> None:
    """Take ``require_seen`` out of ``adopt`` and both are done: what the first has just put in force is undone."""
    for number in range(ROUNDS):
        seen = newest()
        asked = [(2 + number % 2, controller), (5 + number % 2, colleague)]
        answers = at_once(room, *(adopting(days, by, now, seen=seen) for days, by in asked))
        assert kinds(answers) == ["done", "procedures.adopted_meanwhile"]
        (kept,) = [answer for answer in answers if isinstance(answer, AdoptedVersion)]
        (refusal,) = [answer for answer in answers if isinstance(answer, AdoptedMeanwhile)]
        assert kept.adopted_by in str(refusal)
        assert (newest(), in_force(now.date()).id) == (kept.number, kept.id)
        assert in_force(now.date() + timedelta(days=400)).id == kept.id


def test_the_same_adoption_twice_at_once_is_one(room, controller, colleague, now) -> None:
    for days in (3, 4):
        answers = at_once(room, *(adopting(days, by, now, seen=newest()) for by in (controller, colleague)))
        assert answers[0].id == answers[1].id == in_force(now.date()).id
    assert newest() == 2


def test_of_an_adoption_and_a_merge_at_once_the_second_is_refused(
    room, controller, colleague, operator, now
) -> None:
    """With ``lock_procedure`` and ``require_seen`` taken out of ``adopt_merged`` the merge, compared before it had
    to wait, was carried out over an adoption that its controller had never seen."""
    adopting(5, controller, now)()
    for number in range(ROUNDS):
        publish_newer(operator, now, days=10 + number)
        seen, version = newest(), offered()
        decide(Decision(Choice.KEEP), colleague, now)
        acts = [merging(colleague, now, seen=seen), adopting(3 + number % 2, controller, now, seen=seen)]
        answers = one_waits(room, *acts) if number % 2 else one_waits(room, *reversed(acts))
        assert kinds(answers) == ["done", "procedures.adopted_meanwhile"]
        kept = answers[0]
        assert in_force(now.date()).id == kept.id
        assert newest() == kept.number
        waiting = AdoptionDraft.objects.get(template_version=version).adopted_at is None
        assert waiting == (number % 2 == 0)


def test_of_two_merges_at_once_the_second_finds_nothing_left(
    room, controller, colleague, operator, now
) -> None:
    """Take ``lock_procedure`` out of ``adopt_merged`` and ``select_for_update`` out of ``comparing._draft``: both
    are done, and the trail tells of two merges where one took place."""
    adopting(5, controller, now)()
    for number in range(ROUNDS):
        publish_newer(operator, now, days=10 + number)
        decide(Decision(Choice.KEEP), colleague, now)
        answers = at_once(room, merging(controller, now), merging(colleague, now))
        assert kinds(answers) == ["done", "procedures.nothing_to_compare"]
        assert in_force(now.date()).template_number == number + 2
        assert AdoptedVersion.objects.filter(procedure_code=CODE).count() == number + 2
        assert Entry.objects.filter(action="MERGE").count() == number + 1


def test_a_procedure_that_is_retired_while_it_is_adopted_does_not_come_back(
    room, controller, colleague, now
) -> None:
    """Take ``lock_procedure`` out of ``retire_procedure``: the version to come, not yet committed, was not seen and
    began on its day, of a procedure that had been ended."""
    adopting(0, controller, now)()
    later = now.date() + timedelta(days=30)
    answers = one_waits(
        room,
        adopting(5, controller, now, day=later),
        lambda: services.retire_procedure(code=CODE, on=now.date(), ground=GROUND, by=colleague, now=now),
    )
    assert answers[1] == 2
    assert not AdoptedVersion.objects.standing(now.date()).filter(procedure_code=CODE).exists()


def test_of_two_who_decide_one_conflict_at_once_the_second_is_told(
    room, controller, colleague, operator, now
) -> None:
    """Take ``select_for_update`` out of ``comparing._draft`` and the second writes over the first, unseen."""
    adopting(5, controller, now)()
    asked = [(Decision(Choice.KEEP), controller), (Decision(Choice.EDIT, 4, GROUND), colleague)]
    for number in range(ROUNDS):
        publish_newer(operator, now, days=10 + number)
        decide(Decision(Choice.NATIONAL), controller, now)
        answers = at_once(
            room, *((lambda choice=choice, by=by: decide(choice, by, now, seen=1)) for choice, by in asked)
        )
        assert kinds(answers) == ["done", "procedures.decision_meanwhile"]
        (row,) = AdoptionDraft.objects.get(template_version=offered()).decisions.values()
        assert (row["choice"], row["revision"]) == (asked[answers.index(2)][0].choice, 2)


def test_local_drafts_two_at_once(room, controller, colleague, now) -> None:
    """Two edits: one is kept, the other told, nothing mixed. Two who approve: one law, one refusal.

    Take ``select_for_update`` out of ``local._lock``: both edits are done and the first is lost, and both publish.
    """
    adopting(0, controller, now)()
    code = f"2.000001.{get_current_tenant().code}"
    author = replace(controller, id=9, name="Phạm Thị Soạn")
    draft = services.start_local(code=code, name="Thủ tục của tỉnh", copy_of=CODE, by=author, now=now)

    def saving(name, by, seen):
        content = {**draft.content, "name": name}
        return lambda: services.save_local(
            draft_id=draft.public_id, content=content, seen=seen, by=by, now=now
        )

    for _ in range(ROUNDS):
        seen = LocalDraft.objects.get().revision
        answers = at_once(room, saving("Tên một", author, seen), saving("Tên hai", author, seen))
        assert kinds(answers) == ["done", "procedures.local_changed_meanwhile"]
        (kept,) = [answer for answer in answers if isinstance(answer, LocalDraft)]
        stands = LocalDraft.objects.get()
        assert (stands.name, stands.revision) == (kept.name, seen + 1)
    services.submit_local(draft_id=draft.public_id, by=author, now=now)

    def approving(by):
        return lambda: services.publish_local(
            draft_id=draft.public_id,
            in_force_from=timezone.localdate(now),
            legal_basis=GROUND,
            by=by,
            now=now,
        )

    answers = at_once(room, approving(controller), approving(colleague))
    assert kinds(answers) == ["done", "procedures.local_not_open"]
    assert AdoptedVersion.objects.filter(procedure_code=code).count() == 1
