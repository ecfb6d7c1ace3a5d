"""The API's promise on statements: at most 16 to create, and a list that costs the same at one row and at three."""

from tests.statements import statements_of


def test_creating_needs_at_most_sixteen_statements(program):
    assert program.create().status_code == 201  # what the process keeps is there now
    answers = []
    found = statements_of(lambda: answers.append(program.create()))
    assert answers[0].status_code == 201
    assert len(found) <= 16, "\n".join(found)


def test_a_list_costs_the_same_at_one_row_and_at_three(program):
    def costs():
        return len(statements_of(lambda: program.get("dossiers")))

    program.create()
    costs()
    at_one = costs()
    for _ in range(2):
        program.create()
    assert len(program.get("dossiers").json()["results"]) == 3
    assert costs() == at_one <= 6
