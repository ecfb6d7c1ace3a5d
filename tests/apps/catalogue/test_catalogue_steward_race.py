"""Two stewards, and two imports, at once on two connections with real commits: decided once, the other is told.

Two things keep a decision single: the lock of the register (``lock_scope``) and that of the change
(``select_for_update`` in ``deciding._lock_one`` and ``deciding._waiting``). Seen failing with both taken away:
the trigger ``catalogue_keep_decisions`` ends the second with an error, or it says that it has decided what the
first had; of a record the second is refused for the draft that the first has just made, which tells nobody what happened.
"""

import io
from collections.abc import Iterator

import pytest

from apps.catalogue import services
from apps.catalogue.models import (
    Code,
    CodeListVersion,
    ImportRun,
    SourceChange,
    SourceProcedure,
    TemplateVersion,
)
from apps.catalogue.selectors import Rule
from apps.catalogue.services import Decided
from apps.catalogue.source_codes import COLUMNS as CODE_COLUMNS
from apps.catalogue.verifying import verify_ledger
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from tenants.registry.context import central_context
from tests.apps.catalogue.catalogue_lists import row, table
from tests.apps.catalogue.catalogue_records import load_records, record
from tests.at_once import at_once, kinds
from tests.lived_in import furnished_centre

ROUNDS = 4
OTHER = Actor(kind=ActorKind.OPERATOR, id=98, name="Lê Thị Khác")
DECIDED, NOTHING, DONE = "catalogue.change_decided", "catalogue.nothing_to_decide", "done"


@pytest.fixture
def centre(django_db_setup, django_db_blocker, now) -> Iterator[None]:
    with django_db_blocker.unblock(), furnished_centre(now), central_context():
        yield


@pytest.fixture
def load(centre, operator, now):
    def run(*rows, by=operator, whole=False, **options) -> ImportRun:
        stream = io.BytesIO(table(*rows))
        return services.import_list(stream=stream, file_name="x.csv", whole=whole, by=by, now=now, **options)

    return run


@pytest.fixture
def say(operator, now):
    """One steward's word, to be said later."""

    def accept(change, by=operator):
        return lambda: services.accept_change(change_id=change.id, by=by, now=now)

    def reject(change, by=OTHER):
        return lambda: services.reject_change(change_id=change.id, reason="Sai", by=by, now=now)

    def accept_all(run, by=OTHER):
        return lambda: services.accept_changes(run_id=run.id, rule=Rule(kind="NEW"), by=by, now=now)

    def reject_all(run, by=operator):
        return lambda: services.reject_changes(
            run_id=run.id, rule=Rule(kind="NEW"), reason="Sai", by=by, now=now
        )

    return {"accept": accept, "reject": reject, "accept_all": accept_all, "reject_all": reject_all}


def decided_by() -> list[str]:
    return list(
        SourceChange.objects.exclude(decided_by="").order_by("id").values_list("decided_by", flat=True)
    )


def test_of_two_who_decide_one_change_at_once_the_second_is_told(load, say, operator) -> None:
    for number in range(ROUNDS):
        for first, second in (("accept", "accept"), ("accept", "reject")):
            run = load(row(number * 2 + (first == second), name=f"{first} {second}"))
            change = SourceChange.objects.get(run=run)
            answers = at_once(central_context, say[first](change, operator), say[second](change, OTHER))
            assert kinds(answers) == [DECIDED, DONE]
            (kept,) = [answer for answer in answers if isinstance(answer, SourceChange)]
            stands = SourceChange.objects.get(id=change.id)
            assert (stands.state, stands.decided_by) == (kept.state, kept.decided_by)
            assert SourceProcedure.objects.filter(code=change.code).exists() == (kept.state == "ACCEPTED")


def test_of_one_by_rule_and_one_by_one_at_once_every_change_is_decided_once(load, say, operator) -> None:
    for number in range(ROUNDS):
        run = load(*(row(number * 10 + one) for one in range(3)))
        single = SourceChange.objects.filter(run=run).first()
        answers = at_once(central_context, say["accept_all"](run), say["accept"](single))
        many, one = answers
        assert isinstance(many, Decided)
        assert many.done == (3 if isinstance(one, DomainError) else 2)
        assert kinds([one]) in ([DECIDED], [DONE])
        names = [change.decided_by for change in SourceChange.objects.filter(run=run).order_by("id")]
        assert names == [
            OTHER.name if isinstance(one, DomainError) else operator.name,
            OTHER.name,
            OTHER.name,
        ]
        assert SourceProcedure.objects.count() == (number + 1) * 3


def test_of_two_rules_at_once_one_decides_all_and_the_other_finds_nothing(load, say) -> None:
    for number in range(ROUNDS):
        run = load(*(row(number * 10 + one) for one in range(3)))
        other = "reject_all" if number % 2 else "accept_all"
        answers = at_once(central_context, say["accept_all"](run), say[other](run))
        assert kinds(answers) == [NOTHING, DONE]
        (done,) = [answer for answer in answers if isinstance(answer, Decided)]
        assert done.done == 3
        states = set(SourceChange.objects.filter(run=run).values_list("state", "decided_by"))
        assert len(states) == 1


def test_two_acceptances_into_one_code_list_are_two_versions_of_it(centre, operator, now) -> None:
    """Each version says what it brought. With those two locks and that of the list (``CodeRegister.write``) gone
    both open the same number, and its constraint ends the second."""
    rows = [{**dict.fromkeys(CODE_COLUMNS, ""), "code": code, "name": code} for code in "ABCDEFGH"]
    stream = io.BytesIO(table(*rows, columns=CODE_COLUMNS))
    run = services.import_codes(
        stream=stream, key="fields", file_name="x.csv", whole=True, owner="VPCP", by=operator, now=now
    )
    changes = list(SourceChange.objects.filter(run=run).order_by("code"))
    for first, second in zip(changes[::2], changes[1::2], strict=True):

        def accept(change, by):
            return lambda: services.accept_change(change_id=change.id, by=by, now=now)

        assert kinds(at_once(central_context, accept(first, operator), accept(second, OTHER))) == [DONE, DONE]
    versions = list(CodeListVersion.objects.order_by("number"))
    assert [one.number for one in versions] == list(range(1, len(versions) + 1))
    assert sum(one.changes for one in versions) == len(rows)
    assert Code.objects.filter(until_version=None).count() == len(rows)


def test_two_first_lists_taken_over_at_once_are_one(load, operator) -> None:
    """Take ``lock_scope`` out of the beginning of ``import_list``: both saw an empty register, and the second took
    a whole list over another one that was there already, with nobody to look at it."""

    def take_over(by, name):
        return lambda: load(row(1, name=name), row(2), by=by, whole=True, accept_all=True)

    answers = at_once(central_context, take_over(operator, "Một"), take_over(OTHER, "Hai"))
    assert kinds(answers) == ["catalogue.accept_all_too_late", DONE]
    (run,) = [answer for answer in answers if isinstance(answer, ImportRun)]
    assert [one.id for one in ImportRun.objects.filter(scope="LIST")] == [run.id]
    assert decided_by() == [run.by_name] * 2


def test_two_first_code_lists_at_once_are_one(centre, operator, now) -> None:
    """Take ``lock_scope`` out of the beginning of ``import_codes``: the second dies of the list's unique key."""
    row = {**dict.fromkeys(CODE_COLUMNS, ""), "code": "A", "name": "a"}

    def take_over(by):
        return lambda: services.import_codes(
            stream=io.BytesIO(table(row, columns=CODE_COLUMNS)), key="results", file_name="x.csv", whole=True,
            owner="VPCP", accept_all=True, by=by, now=now,
        )  # fmt: skip

    answers = at_once(central_context, take_over(operator), take_over(OTHER))
    assert kinds(answers) == ["catalogue.accept_all_too_late", DONE]
    assert Code.objects.count() == 1


def test_two_imports_of_one_list_at_once_leave_one_proposal_a_code(load, operator) -> None:
    """With ``lock_scope`` emptied the constraint ``one_change_of_a_code_waits`` ends the second with an error."""
    for number in range(ROUNDS):

        def bring(by, number=number):
            return lambda: load(row(1, name=f"Tên {number} của {by.name}"), by=by)

        assert kinds(at_once(central_context, bring(operator), bring(OTHER))) == [DONE, DONE]
        waiting = SourceChange.objects.get(state="PROPOSED", code="1.000001")
        assert waiting.run_id == ImportRun.objects.order_by("-id").values_list("id", flat=True)[0]


def test_of_two_who_accept_a_change_of_a_published_record_one_draft_comes(centre, operator, now) -> None:
    load_records(record(code="1.001193"), by=operator, now=now)
    change = SourceChange.objects.get(scope="RECORDS", state="PROPOSED")

    def accept(by):
        return lambda: services.accept_change(change_id=change.id, by=by, now=now)

    assert kinds(at_once(central_context, accept(operator), accept(OTHER))) == [DECIDED, DONE]
    assert TemplateVersion.objects.filter(template__code="1.001193", state="DRAFT").count() == 1
    assert verify_ledger().breaks == ()
