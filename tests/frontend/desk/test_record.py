"""The page of one dossier, and what is done from it."""

import re

import pytest

from apps.catalogue.selectors import find_newest_published
from apps.catalogue.services import EVERY_RING, create_draft
from apps.dossiers.models import Dossier
from apps.procedures.services import adopt
from apps.workflow.selectors import list_open_steps
from kernel.actors import SYSTEM, Actor, ActorKind
from tenants.registry.context import central_context
from tests.frontend.test_gallery import INLINE
from tests.publishing import publish_by_two
from tests.statements import statements_of

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=7, name="Nguyễn Vận Hành")


def page_of(dossier: Dossier, rest: str = "") -> str:
    return f"/desk/dossiers/{dossier.public_id}/{rest}"


def status_of(dossier: Dossier, inside) -> int:
    with inside():
        return Dossier.objects.values_list("status", flat=True).get(id=dossier.id)


@pytest.mark.parametrize("tab", ["dossier", "papers", "process", "exchange", "history", "x"])
def test_record_shows_every_tab_with_nothing_inline(sign_in, received, tab):
    dossier = received()
    answer = sign_in("chuyenvien").get(page_of(dossier, f"?tab={tab}"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert dossier.code in page
    assert "vì sao?" in page
    assert not INLINE.search(page)


def test_record_is_absent_for_another_ward_and_another_tenant(sign_in, received, client):
    dossier = received()

    assert sign_in("tiepnhan2").get(page_of(dossier)).status_code == 404
    assert client.get(page_of(dossier), HTTP_HOST="hanoi.localhost").status_code == 302


def test_record_offers_only_what_is_open_to_the_person(sign_in, received):
    dossier = received()
    specialist = sign_in("chuyenvien").get(page_of(dossier)).content.decode()
    clerk = sign_in("tiepnhan").get(page_of(dossier)).content.decode()

    assert "Làm bước: Thụ lý" in specialist
    assert "Làm bước" not in clerk
    assert "Ghi nhận yêu cầu rút hồ sơ" in clerk


def test_move_of_accepting_issues_the_receipt(counter, received, inside):
    dossier = received(accepted=False)
    answer = counter.post(page_of(dossier, "moves/accept/"))

    assert answer.status_code == 302
    assert status_of(dossier, inside) == 2
    assert "In mẫu 01" in counter.get(answer["Location"]).content.decode()


def test_move_pressed_by_two_is_refused_to_the_second_in_words(counter, received, inside):
    dossier = received()
    answer = counter.post(page_of(dossier, "moves/accept/"))

    assert answer.status_code == 409
    assert "Được tiếp nhận" in answer.content.decode()
    assert status_of(dossier, inside) == 2


def test_move_refused_keeps_what_was_typed(counter, received, inside):
    dossier = received(accepted=False)
    sent = {"items": "Giấy chứng sinh", "reason": "Bản sao <mờ>", "ground": ""}
    answer = counter.post(page_of(dossier, "moves/request-supplement/"), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản sao &lt;mờ&gt;" in page
    assert 'href="#f-ground"' in page
    assert status_of(dossier, inside) == 1


def test_move_without_the_duty_changes_nothing(sign_in, received, inside):
    dossier = received()
    sent = {"reason": "Không", "ground": "Không"}

    assert sign_in("chuyenvien").post(page_of(dossier, "moves/stop/"), sent).status_code == 403
    assert status_of(dossier, inside) == 2


def test_supplement_is_asked_for_and_comes(counter, received, inside):
    dossier = received(accepted=False)
    sent = {"items": "- Giấy chứng sinh\n- Văn bản ủy quyền", "reason": "Thiếu", "ground": "Luật Hộ tịch"}
    counter.post(page_of(dossier, "moves/request-supplement/"), sent)
    assert status_of(dossier, inside) == 5
    assert "Văn bản ủy quyền" in counter.get(page_of(dossier, "?tab=exchange")).content.decode()

    papers = {"components.van-ban-uy-quyen.there": "1", "components.van-ban-uy-quyen.originals": "1"}
    assert counter.post(page_of(dossier, "moves/receive-supplement/"), papers).status_code == 302
    assert status_of(dossier, inside) == 1


def test_step_is_claimed_completed_and_goes_on(sign_in, received, inside):
    dossier = received()
    with inside():
        step = list_open_steps(dossier.id)[0]
    specialist = sign_in("chuyenvien")
    specialist.post(page_of(dossier, f"steps/{step.public_id}/claim/"))
    assert status_of(dossier, inside) == 4
    answer = specialist.post(page_of(dossier, f"steps/{step.public_id}/"), {"note": "Đã kiểm tra"})

    assert answer.status_code == 302
    with inside():
        assert [one.duty for one in list_open_steps(dossier.id)] == ["SIGNATORY"]
    assert "Đã kiểm tra" in specialist.get(page_of(dossier, "?tab=process")).content.decode()


def test_step_asks_for_a_decision_where_the_process_wants_one(sign_in, received, inside):
    dossier = received()
    with inside():
        step = list_open_steps(dossier.id)[0]
    sign_in("chuyenvien").post(page_of(dossier, f"steps/{step.public_id}/"))
    with inside():
        signing = list_open_steps(dossier.id)[0]
    answer = sign_in("lanhdao").post(page_of(dossier, f"steps/{signing.public_id}/"), {"note": "Đồng ý"})

    assert answer.status_code == 422
    assert "Đồng ý" in answer.content.decode()


def test_step_of_another_dossier_is_absent(sign_in, received, inside):
    one, other = received(), received("Trần Văn Đông")
    with inside():
        step = list_open_steps(other.id)[0]

    assert sign_in("chuyenvien").get(page_of(one, f"steps/{step.public_id}/")).status_code == 404


def test_issued_form_is_a_pdf_only_for_who_may_see_the_dossier(sign_in, received, inside):
    dossier = received()
    with inside():
        from apps.documents.selectors import list_issued

        issued = list_issued(subject_id=dossier.id)[0]
    path = page_of(dossier, f"forms/{issued.public_id}.pdf")
    answer = sign_in("tiepnhan").get(path)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sign_in("tiepnhan2").get(path).status_code == 404


def test_the_process_tab_shows_the_picture_with_the_present_step_lit_for_no_statement_more(sign_in, received):
    dossier = received()
    clerk = sign_in("chuyenvien")
    page = clerk.get(f"/desk/dossiers/{dossier.public_id}/?tab=process").content.decode()
    lit = re.search(r'<g class="diagram-node diagram-step is-now"><title>([^<]*)', page)
    assert lit[1].startswith("Thụ lý, kiểm tra và lập Giấy khai sinh (đang xử lý)")
    assert page.count("is-ahead") == 2
    costs = {
        tab: len(statements_of(lambda tab=tab: clerk.get(f"/desk/dossiers/{dossier.public_id}/?tab={tab}")))
        for tab in ("dossier", "process")
    }
    assert costs["process"] <= costs["dossier"]


def test_a_step_shows_what_its_process_asks_for_and_offers_the_move(sign_in, received, inside, now):
    """With a new national version, adopted here, whose first step asks for something."""
    with central_context():
        old = find_newest_published("1.001193")
        asks = 'id="thu-ly" mc:form="phieu-1" mc:issues="KHONG.CO" mc:move="STOP"'
        bpmn = old.content["process"]["bpmn"].replace('id="thu-ly"', asks, 1)
        content = {**old.content, "process": {**old.content["process"], "bpmn": bpmn}}
        draft = create_draft(code="1.001193", content=content, by=OPERATOR, now=now)
        publish_by_two(
            version_id=draft.id, effective_from=now.date(), by=OPERATOR, now=now, rings=list(EVERY_RING)
        )
    with inside():
        adopt(template_version_id=draft.public_id, overrides=[], in_force_from=None, by=SYSTEM, now=now)
    dossier = received(at=now)
    with inside():
        (step,) = list_open_steps(dossier.id)
    page = sign_in("chuyenvien").get(page_of(dossier, f"steps/{step.public_id}/")).content.decode()
    asked = page.split("Quy trình yêu cầu ở bước này")[1].split("</ul>")[0]
    assert "Điền biểu mẫu phieu-1" in asked
    assert "Ra giấy tờ: KHONG.CO" in asked
    assert "Dừng giải quyết" in asked


def test_a_step_that_asks_for_nothing_says_nothing(sign_in, received, inside):
    dossier = received()
    with inside():
        (step,) = list_open_steps(dossier.id)
    page = sign_in("chuyenvien").get(page_of(dossier, f"steps/{step.public_id}/")).content.decode()
    assert "Quy trình yêu cầu ở bước này" not in page
