"""On the page of three sides: why it is not adopted yet, told to the centre and shown on its board."""

from datetime import timedelta

import pytest

from apps.catalogue import selectors, services
from apps.catalogue.models import AdoptionDeferral
from kernel.actors import SYSTEM
from tenants.registry.context import central_context
from tests.publishing import publish_by_two

CODE = "1.013225"
URL = f"/setup/procedures/{CODE}/compare/"


@pytest.fixture
def version(controller, now):
    with central_context():
        draft = services.draft_from_published(code=CODE, by=SYSTEM, now=now)
        return publish_by_two(
            version_id=draft.id,
            effective_from=now.date(),
            rings=services.EVERY_RING,
            by=SYSTEM,
            now=now,
        )


@pytest.fixture
def typed(version, now):
    day = now.date() + timedelta(days=20)
    return {
        "version": str(version.public_id),
        "reason": "FEE_RESOLUTION",
        "words": "Kỳ họp cuối năm",
        "until": f"{day:%d/%m/%Y}",
    }


def said(version):
    notes = selectors.list_offer_notes(tenant_code="H21", versions=[version.public_id])
    return notes[version.public_id].deferral


def test_a_reason_is_told_changed_and_taken_back(controller, version, typed):
    assert "Báo lý do chưa áp dụng" in controller.get(URL).content.decode()
    answer = controller.post(f"{URL}defer/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?done=deferred")
    page = controller.get(answer["Location"]).content.decode()
    for part in (
        "Đã báo trung ương",
        "chờ nghị quyết của Hội đồng nhân dân",
        "Kỳ họp cuối năm",
        "Vũ Thị Kiểm Soát",
    ):
        assert part in page
    landing = controller.get("/setup/").content.decode()
    assert "Đã báo: chờ nghị quyết của Hội đồng nhân dân" in landing
    controller.post(f"{URL}defer/", {**typed, "reason": "TRAINING"})
    assert said(version).reason == "TRAINING"
    answer = controller.post(f"{URL}defer/withdraw/", {"version": typed["version"]})
    assert (answer.status_code, said(version)) == (302, None)
    assert controller.post(f"{URL}defer/withdraw/", {"version": typed["version"]}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Hãy chọn lý do chưa áp dụng."),
        ({"reason": "OTHER", "words": " "}, "Hãy ghi rõ lý do khác"),
        ({"until": "01/01/2026"}, "đã qua"),
        ({"until": "mai"}, "ngày/tháng/năm"),
        ({"until": "", "reason": ""}, "Hãy chọn lý do chưa áp dụng."),
    ],
)
def test_what_is_refused_comes_back_as_typed_and_nothing_is_told(controller, version, typed, wrong, sentence):
    answer = controller.post(f"{URL}defer/", typed | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "words" in wrong or "Kỳ họp cuối năm" in page
    assert not AdoptionDeferral.objects.exists()


def test_the_page_says_that_a_required_day_stays(controller, version, typed, now):
    due = now.date() + timedelta(days=10)
    with central_context():
        services.require_adoption(
            version_id=version.id, due_on=due, reason="Nghị định 118", by=SYSTEM, now=now
        )
    page = controller.get(URL).content.decode()
    for part in (f"chậm nhất ngày {due:%d/%m/%Y}", "không lùi hạn đó"):
        assert part in page
    answer = controller.post(f"{URL}defer/", typed)
    assert (answer.status_code, said(version)) == (422, None)
    assert f"sau ngày {due:%d/%m/%Y}" in answer.content.decode()


def test_only_who_keeps_procedures_may_say_it(sign_in, version, typed):
    assert sign_in("tiepnhan").post(f"{URL}defer/", typed).status_code == 403
    assert said(version) is None
