"""The table of moves: in code, and in the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.dossiers.enums import Action, Status
from apps.dossiers.lifecycle import FINAL, MOVES, allowed_pairs, destination


def test_statuses_are_the_national_codes():
    assert [status.value for status in Status] == list(range(1, 11))


def test_every_action_has_a_row():
    assert set(MOVES) == set(Action)


def test_nothing_leads_out_of_a_final_status():
    assert {source for source, _ in allowed_pairs()} & FINAL == set()


def test_every_status_can_be_reached():
    assert {target for _, target in allowed_pairs()} == set(Status)


def test_destination_needs_to_know_the_way_back():
    assert destination(Status.AWAITING_SUPPLEMENT, Action.RECEIVE_SUPPLEMENT) is None
    assert destination(Status.AWAITING_SUPPLEMENT, Action.RECEIVE_SUPPLEMENT, Status.PROCESSING) == 4
    assert destination(Status.AWAITING_SUPPLEMENT, Action.RECEIVE_SUPPLEMENT, Status.RETURNED) is None


@pytest.mark.parametrize("status", sorted({Status.FINISHED, Status.RETURNED}))
def test_what_is_finished_cannot_be_taken_back(status):
    assert destination(status, Action.REQUEST_WITHDRAWAL) is None


@pytest.mark.parametrize(("source", "target"), [(1, 9), (3, 4), (10, 4), (9, 8), (2, 10), (4, 1)])
def test_the_database_refuses_a_move_that_is_not_in_the_table(make_dossier, source, target):
    dossier = make_dossier()
    with pytest.raises(IntegrityError, match="dossier_moves_as_the_table_allows"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                """UPDATE dossiers_dossier SET came_from = %s, status = %s, accepted_at = now(),
                   finished_at = CASE WHEN %s IN (9, 10) THEN now() END,
                   ended_at = CASE WHEN %s IN (3, 8, 10) THEN now() END WHERE id = %s""",
                [source, target, target, target, dossier.id],
            )
