"""Lists of work."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.frontend.test_gallery import INLINE


def statements(client, path: str) -> list[str]:
    client.get(path)  # the caches of the process and of the tenant are warm in a running house
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return [
        each["sql"]
        for each in caught.captured_queries
        if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "SET", "SELECT set_config"))
    ]


@pytest.mark.parametrize("path", ["/desk/?view=unit", "/desk/?view=overdue&q=thao&status=2&channel=DIRECT"])
def test_inbox_costs_at_most_six_statements_at_one_row_and_at_three(sign_in, received, path):
    client = sign_in("chuyenvien")
    received("Nguyễn Thị Thảo")
    one = statements(client, path)
    received("Trần Văn Thảo")
    received("Siu H'Lan Thảo")
    three = statements(client, path)

    assert len(one) <= 6, "\n".join(one)
    assert len(three) == len(one), "\n".join(three)


def test_inbox_shows_what_waits_for_the_unit(sign_in, received):
    dossier = received()
    page = sign_in("chuyenvien").get("/desk/?view=unit").content.decode()

    assert dossier.code in page
    assert "Nguyễn Thị Phương Thảo" in page
    assert not INLINE.search(page)


def test_inbox_of_another_ward_shows_nothing(sign_in, received):
    dossier = received()
    for view in ("unit", "overdue", "intake", "near-due", "applicant", "to-return"):
        assert dossier.code not in sign_in("tiepnhan2").get(f"/desk/?view={view}").content.decode()


def test_inbox_of_nobody_leads_to_sign_in(client, in_gia_lai):
    answer = client.get("/desk/", HTTP_HOST="gialai.localhost")

    assert answer["Location"] == "/sign-in/?next=/desk/"


def test_inbox_with_an_odd_address_is_the_usual_list(sign_in):
    assert sign_in("chuyenvien").get("/desk/?view=x&status=99&unit=z&sort=-1&channel=q").status_code == 200


def test_inbox_with_nothing_says_what_to_do(sign_in):
    assert "Bạn không giữ hồ sơ nào" in sign_in("chuyenvien").get("/desk/?view=mine").content.decode()


@pytest.mark.parametrize("text", ["phuong thao", "PHƯƠNG THẢO", "052190001234", "0905123456"])
def test_search_finds_without_marks_by_name_number_and_phone(counter, received, text):
    dossier = received()

    assert dossier.code in counter.get("/desk/search/", {"q": text}).content.decode()


def test_search_finds_by_code(counter, received):
    dossier = received()

    assert dossier.code in counter.get("/desk/search/", {"q": dossier.code[-9:]}).content.decode()


def test_search_finds_nothing_of_another_ward(sign_in, received):
    dossier = received()

    assert (
        dossier.code not in sign_in("tiepnhan2").get("/desk/search/", {"q": "phuong thao"}).content.decode()
    )
