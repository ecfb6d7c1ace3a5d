"""What a wording that is not yet law would do here: for those who keep the procedures, with the dossiers named."""

from copy import deepcopy
from datetime import timedelta

import pytest

from apps.catalogue import selectors, services
from kernel.actors import SYSTEM
from tenants.registry.context import central_context
from tests.publishing import publish_by_two

CODE = "1.013225"
PATH = f"/setup/procedures/{CODE}/effect/"


@pytest.fixture
def asked(furnished, gia_lai, now):
    with central_context():
        version = services.draft_from_published(code=CODE, by=SYSTEM, now=now)
        content = deepcopy(version.content)
        content["cases"][0]["limit"]["amount"] = 7
        services.update_draft(version_id=version.id, content=content, by=SYSTEM, now=now)
        services.ask_effect(version_id=version.id, tenants=["H21"], by=SYSTEM, now=now, wake=False)


def test_there_is_no_page_before_the_centre_has_asked(controller):
    assert controller.get(PATH).status_code == 404


def test_it_says_what_changes_and_that_nothing_moves(controller, asked):
    page = controller.get(PATH).content.decode()
    for part in ("chưa phải quy định", "7 ngày làm việc", "giữ quy định của ngày nộp", "Tóm tắt"):
        assert part in page
    assert selectors.get_version_detail(CODE, 2).is_draft


def test_only_who_keeps_procedures_sees_it(sign_in, asked, in_province):
    assert sign_in("tiepnhan").get(PATH).status_code == 403
    assert (
        sign_in("kiemsoat", host="gialai.localhost").get("/setup/procedures/9.999999/effect/").status_code
        == 404
    )


def test_another_tenant_was_not_asked(furnished, ha_noi, asked):
    assert selectors.find_asked_about(CODE, tenant_code="H26") is None


def test_the_landing_says_what_was_counted_and_the_last_day(controller, furnished, gia_lai, now):
    with central_context():
        draft = services.draft_from_published(code=CODE, by=SYSTEM, now=now)
        version = publish_by_two(
            version_id=draft.id, effective_from=now.date(), rings=services.EVERY_RING, by=SYSTEM, now=now
        )
        run = selectors.find_offer_run(version.id)
        services.note_offer(run_id=run.id, tenant_code="H21", changes=3, conflicts=1, now=now)
        services.note_offer(run_id=run.id, tenant_code="H26", changes=77, conflicts=0, now=now)
        day = now.date() + timedelta(days=30)
        services.require_adoption(version_id=version.id, due_on=day, reason="NĐ 118", by=SYSTEM, now=now)
    page = controller.get("/setup/").content.decode()
    for part in ("Khác 3 chỗ.", "1 chỗ phải quyết định.", f"chậm nhất ngày {day:%d/%m/%Y}"):
        assert part in page
    assert "Khác 77 chỗ" not in page
