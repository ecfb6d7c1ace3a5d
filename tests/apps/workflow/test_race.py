"""Two people at once, on two connections, with real commits.

Each test was seen to fail without its lock. With only the run locked
(``of=("run",)`` in ``services/loading.py``) the second waits, gets the step as
it was before the wait and breaks with StateOutOfStep instead of being refused;
with only the step locked two parallel opinions both write the run, and the join
waits for ever; with no lock at all both people complete, and both claim.
"""

import pytest

from apps.audit.models import Entry
from apps.workflow.enums import StepState
from apps.workflow.errors import StepHeldBySomebodyElse, StepNotOpen
from apps.workflow.selectors import get_step, list_open_steps, list_steps
from apps.workflow.services import claim_step, complete_step, start_run
from kernel.errors import DomainError
from tenants.registry.context import tenant_context
from tests.apps.workflow.conftest import build_office
from tests.at_once import at_once as everybody

ROUNDS = 8


@pytest.fixture
def office(throwaway_tenant, now):
    return build_office(now)


@pytest.fixture
def at_once(throwaway_tenant):
    return lambda *acts: everybody(lambda: tenant_context(throwaway_tenant), *acts)


def complete(step, by, decision, now):
    return lambda: complete_step(
        subject_id=step.subject_id, step_id=step.public_id, decision=decision, by=by, now=now
    )


def review_of(office, subject_id, now):
    (first,) = start_run(
        subject_id=subject_id,
        process_id=office.process.id,
        units=office.units,
        facts={},
        procedure_code="1.013225",
        by=office.head,
        now=now,
    ).opened
    (step,) = complete(first, office.head, None, now)().opened
    return step


def test_of_two_who_complete_a_step_at_once_the_second_is_refused(office, at_once, now):
    for subject_id in range(1, ROUNDS + 1):
        step = review_of(office, subject_id, now)
        answers = at_once(
            complete(step, office.mai, "propose", now), complete(step, office.binh, "consult", now)
        )
        refused = [answer for answer in answers if isinstance(answer, DomainError)]
        (kept,) = [answer for answer in answers if not isinstance(answer, DomainError)]
        assert [type(refusal) for refusal in refused] == [StepNotOpen]
        assert get_step(step.public_id) == kept.closed
        assert tuple(list_open_steps(subject_id)) == kept.opened
        assert Entry.objects.filter(subject_id=subject_id, after__step="tham-dinh").count() == 1


def test_two_parallel_opinions_at_once_are_both_kept_and_join_once(office, at_once, now):
    for subject_id in range(1, ROUNDS + 1):
        step = review_of(office, subject_id, now)
        theirs, ours = complete(step, office.mai, "consult", now)().opened
        answers = at_once(
            complete(theirs, office.lan, "agree", now), complete(ours, office.head, "agree", now)
        )
        assert sorted(len(answer.opened) for answer in answers) == [0, 1]
        assert [each.key for each in list_open_steps(subject_id)] == ["ky"]
        assert [each.state for each in list_steps(subject_id)].count(StepState.DONE) == 4


def test_of_two_who_claim_at_once_the_second_is_refused(office, at_once, now):
    def claim(step, by):
        return lambda: claim_step(subject_id=step.subject_id, step_id=step.public_id, by=by, now=now)

    for subject_id in range(1, ROUNDS + 1):
        step = review_of(office, subject_id, now)
        answers = at_once(claim(step, office.mai), claim(step, office.binh))
        refused = [answer for answer in answers if isinstance(answer, DomainError)]
        (kept,) = [answer for answer in answers if not isinstance(answer, DomainError)]
        assert [type(refusal) for refusal in refused] == [StepHeldBySomebodyElse]
        assert get_step(step.public_id).holder_id == kept.holder_id
