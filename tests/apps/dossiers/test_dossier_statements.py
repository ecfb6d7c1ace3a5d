"""How many statements a command and a list cost: lists the same at one row and at three."""

from datetime import timedelta

import pytest

from apps.dossiers import services
from apps.dossiers.enums import InboxSort, InboxView
from apps.dossiers.selectors import Filters, count_views, list_inbox, search_dossiers
from apps.workflow import selectors as workflow
from tests.statements import statements_of


def test_submit_and_accept_stay_small(make_dossier, accepted, intake, actor, now):
    clerk, given = actor("tiepnhan"), intake()
    accepted()  # what the process keeps is there now
    assert len(statements_of(lambda: services.submit(intake=given, by=clerk, now=now))) <= 9
    dossier = make_dossier()
    found = statements_of(lambda: services.accept(dossier_id=dossier.id, by=clerk, now=now))
    assert len(found) <= 20, "\n".join(found)


@pytest.mark.parametrize("done_before", [0, 1, 2])
def test_complete_step_first_middle_and_last(accepted, complete, actor, now, done_before):
    people = ("chuyenvien", "lanhdao", "vanthu")
    warm = accepted()
    for username in people:
        complete(warm, username)
    dossier = accepted()
    for username in people[:done_before]:
        complete(dossier, username)
    by = actor(people[done_before])
    step = workflow.list_open_steps(dossier.id)[0]
    decision = step.decisions[0].code if step.decisions else None
    asked = {"dossier_id": dossier.id, "step_id": step.public_id, "decision": decision, "by": by}

    def work():
        services.complete_step(**asked, now=now + timedelta(hours=1))

    assert len(statements_of(work)) <= 12


@pytest.mark.parametrize("view", list(InboxView))
def test_a_page_is_one_statement_at_one_row_and_at_three(make_dossier, accepted, actor, now, view):
    boss = actor("dieuhanh" if view not in (InboxView.UNIT, InboxView.MINE) else "chuyenvien")
    filters = Filters(procedure_code="1.001193", channel="DIRECT", text="nguyen")

    def page():
        return list_inbox(view=view, by=boss, now=now, filters=filters, sort=InboxSort.DUE)

    def costs():
        return len(statements_of(page))

    make = make_dossier if view == InboxView.INTAKE else accepted
    make()
    page()
    at_one = costs(), len(page().rows)
    make()
    make()
    at_three = costs(), len(page().rows)
    if view in (InboxView.UNIT, InboxView.INTAKE):
        assert (at_one[1], at_three[1]) == (1, 3)
    assert at_one[0] == at_three[0] <= 1


def test_search_and_counts_are_one_statement(make_dossier, actor, now):
    make_dossier()
    boss = actor("dieuhanh")
    count_views(by=boss, now=now)
    assert len(statements_of(lambda: count_views(by=boss, now=now))) == 1
    assert len(statements_of(lambda: search_dossiers(text="nguyen van", by=boss))) == 1
