"""The process of a province's own procedure is drawn in the setup room, by the same editor as at the centre."""

import pytest

from apps.procedures.models import LocalDraft
from tests.frontend.setup.test_local import begin, revision


@pytest.fixture
def place(controller) -> str:
    return begin(controller)


def process_of(inside) -> dict:
    with inside():
        return LocalDraft.objects.get().content["process"]


def sent(text: str, mark: str) -> dict[str, str]:
    return {"bpmn": text, "mark": mark, "process": "", "called": ""}


def test_a_local_draft_is_drawn_checked_and_kept(controller, place, inside):
    page = controller.get(place).content.decode()
    assert f'href="{place}process/"' in page
    mark = revision(page)
    assert "data-drawing-sheet" in controller.get(f"{place}process/").content.decode()
    text = process_of(inside)["bpmn"].replace('mc:duty="SIGNATORY"', "")
    json = {"accept": "application/json"}
    (problem,) = controller.post(f"{place}process/check/", sent(text, mark)).json()["problems"]
    assert problem["element"] == "ky"
    answer = controller.post(f"{place}process/", sent(text, mark), headers=json)
    assert answer.json()["mark"] == str(int(mark) + 1)
    kept = process_of(inside)
    assert 'mc:duty="SIGNATORY"' not in kept["bpmn"]

    # Somebody who still looks at the old revision writes nothing over it.
    stale = controller.post(f"{place}process/", sent(kept["bpmn"].replace("Ký ", "Kí "), mark), headers=json)
    assert stale.status_code == 422
    assert "mark" not in stale.json()
    assert process_of(inside) == kept


def test_a_local_process_is_exported_and_tried_out(controller, place):
    assert controller.get(f"{place}process/export/")["Content-Disposition"].startswith("attachment")
    assert "30 · 30" in controller.get(f"{place}process/simulate/?dossiers=30").content.decode()
    assert controller.get(f"{place}process/khac/").status_code == 404
    assert controller.get(f"{place}process/check/").status_code == 405


def test_only_the_controller_of_this_tenant_draws(admin, client, place):
    assert admin.get(f"{place}process/").status_code == 403
    assert client.get(f"{place}process/", headers={"host": "gialai.localhost"}).status_code == 302
