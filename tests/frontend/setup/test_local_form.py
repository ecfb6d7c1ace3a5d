"""The form of a province's own procedure is edited in the setup room, by the same editor as at the centre."""

import pytest

from apps.procedures.models import LocalDraft
from tests.frontend.setup.test_local import begin, revision


@pytest.fixture
def place(controller) -> str:
    return begin(controller)


def form_of(inside) -> dict:
    with inside():
        return LocalDraft.objects.get().content["form"]


def test_a_question_is_added_to_a_local_draft_and_nothing_newer_is_written_over(controller, place, inside):
    page = controller.get(place).content.decode()
    assert f'href="{place}form/"' in page
    mark = revision(page)
    section = form_of(inside).get("x-sections", [{"id": "chu-dau-tu"}])[0]["id"]
    added = {
        "do": f"add:field:{section}",
        "new.title": "Ý kiến của xã",
        "new.kind": "long_text",
        "seen": mark,
    }
    assert controller.post(f"{place}form/", added).status_code == 302
    kept = form_of(inside)
    assert kept["properties"]["y_kien_cua_xa"]["x-kind"] == "long_text"
    stale = controller.post(f"{place}form/", added)
    assert stale.status_code == 422
    assert form_of(inside) == kept


def test_only_the_controller_of_this_tenant_edits(admin, client, place):
    assert admin.get(f"{place}form/").status_code == 403
    assert client.get(f"{place}form/", headers={"host": "gialai.localhost"}).status_code == 302
