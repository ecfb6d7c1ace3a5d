"""The desk's promise on statements: at most 6 for a page of the inbox, the same at one row and at three; 16 for a step."""

from apps.workflow.selectors import list_open_steps
from tests.statements import statements_of


def test_the_inbox_costs_the_same_at_one_row_and_at_three(sign_in, received):
    clerk = sign_in("chuyenvien")
    page = "/desk/?view=unit&procedure=1.001193&status=2&channel=DIRECT"

    def costs():
        return len(statements_of(lambda: clerk.get(page)))

    received()
    clerk.get(page)
    at_one = costs()
    received("Trần Văn Ơn")
    received("Lê Thị Đào")
    assert clerk.get(page).content.decode().count("data-row=") == 3
    assert costs() == at_one <= 6


def test_completing_a_step_needs_at_most_sixteen_statements(sign_in, received, inside):
    clerk = sign_in("chuyenvien")

    def complete(dossier):
        with inside():
            step = list_open_steps(dossier.id)[0]
        answers = []
        address = f"/desk/dossiers/{dossier.public_id}/steps/{step.public_id}/"
        found = statements_of(lambda: answers.append(clerk.post(address, {"note": "Đủ"})))
        assert answers[0].status_code == 302
        return found

    complete(received())
    found = complete(received("Trần Văn Ơn"))
    assert len(found) <= 16, "\n".join(found)
