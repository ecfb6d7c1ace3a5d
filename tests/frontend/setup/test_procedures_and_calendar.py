"""Adoption with changes in open slots, and the calendar with its preview."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from apps.catalogue.selectors import find_newest_published
from apps.catalogue.services import EVERY_RING, create_draft
from apps.deadlines.models import CalendarDay
from apps.procedures.selectors import get_version_in_force, list_history
from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context
from tests.publishing import publish_by_two

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=7, name="Nguyễn Vận Hành")


@pytest.fixture
def template(furnished):
    return find_newest_published("1.013225")


def adopt(client, template, **typed):
    return client.post("/setup/procedures/1.013225/adopt/", {"version": str(template.public_id), **typed})


def test_the_list_and_one_procedure_are_shown(controller):
    assert "1.013225" in controller.get("/setup/procedures/").content.decode()
    page = controller.get("/setup/procedures/1.013225/").content.decode()
    assert "10 ngày làm việc" in page
    assert "Đúng như bản quốc gia" in page
    assert controller.get("/setup/procedures/9.999999/").status_code == 404


def test_a_procedure_shows_its_process_as_a_picture_and_in_words(controller, template):
    adopt(controller, template)
    page = controller.get("/setup/procedures/1.001193/").content.decode()
    assert 'class="diagram-picture"' in page
    assert "is-ahead" not in page
    assert "Thụ lý, kiểm tra và lập Giấy khai sinh" in page
    assert "2 giờ" in page


def test_the_process_in_force_is_looked_at_taken_away_and_tried_out_here_only(controller, template, client):
    adopt(controller, template)
    page = controller.get("/setup/procedures/1.013225/process/").content.decode()
    assert 'class="diagram-picture"' in page
    assert "data-drawing-sheet" not in page
    answer = controller.get("/setup/procedures/1.013225/process/export/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"BPMNShape" in answer.content
    result = controller.get("/setup/procedures/1.013225/process/simulate/?dossiers=50").content.decode()
    assert "50 · 50" in result
    assert controller.post("/setup/procedures/1.013225/process/", {"bpmn": "x"}).status_code == 405
    assert controller.get("/setup/procedures/9.999999/process/").status_code == 404
    assert client.get("/setup/procedures/1.013225/process/").status_code in (302, 404)


def test_a_shorter_limit_with_its_ground_is_adopted(controller, template, inside, now):
    answer = adopt(controller, template, **{"limit-1": "5", "limit-1-ground": "NQ 12/2026/NQ-HĐND"})
    assert answer.status_code == 302, answer.content.decode()
    with inside():
        content = get_version_in_force("1.013225", now.date()).content
    assert [case["limit"]["amount"] for case in content["cases"]] == [10, 5]
    page = controller.get("/setup/procedures/1.013225/").content.decode()
    assert "NQ 12/2026/NQ-HĐND" in page
    form = controller.get("/setup/procedures/1.013225/adopt/").content.decode()
    assert 'value="5"' in form  # the next adoption starts from what this tenant changed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"limit-1": "9", "limit-1-ground": "NQ 12"}, "chỉ được rút ngắn"),
        ({"limit-1": "5"}, "phải nêu căn cứ"),
        ({"limit-1": "năm", "limit-1-ground": "NQ 12"}, "số nguyên"),
        ({"fee-0": "-5", "fee-0-ground": "NQ 12"}, "số nguyên"),
        ({"role-COMPETENT-rule": "CHOSEN_UNIT", "role-COMPETENT-ground": "NQ"}, "phải nêu cách chọn đơn vị"),
        ({"in_force_from": "hôm nay"}, "ngày/tháng/năm"),
    ],
)
def test_what_does_not_hold_is_refused_beside_its_field(controller, template, inside, typed, words):
    with inside():
        before = len(list_history("1.013225"))
    answer = adopt(controller, template, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert len(list_history("1.013225")) == before


def test_a_version_that_is_not_the_newest_is_not_taken_over_unseen(controller, template):
    answer = controller.post(
        "/setup/procedures/1.013225/adopt/", {"version": "00000000-0000-0000-0000-000000000000"}
    )
    assert answer.status_code == 422
    assert "bản mới hơn" in answer.content.decode()


def test_what_is_in_force_is_changed_while_a_newer_version_is_to_begin(controller, template, inside, now):
    today = timezone.localdate()
    begins = today + timedelta(days=30)
    with central_context():
        draft = create_draft(code="1.013225", content=template.content, by=OPERATOR, now=now)
        publish_by_two(version_id=draft.id, effective_from=begins, rings=EVERY_RING, by=OPERATOR, now=now)
    assert adopt(controller, find_newest_published("1.013225")).status_code == 302
    page = controller.get("/setup/procedures/1.013225/").content.decode()
    assert f"Sửa bản đang áp dụng, đến trước {begins:%d/%m/%Y}" in page
    assert f"Sửa bản áp dụng từ {begins:%d/%m/%Y}" in page
    form = controller.get("/setup/procedures/1.013225/adopt/?running=1").content.decode()
    assert f'name="version" value="{template.public_id}"' in form
    typed = {"version": str(template.public_id), "limit-1": "5", "limit-1-ground": "NQ 12/2026/NQ-HĐND"}
    assert controller.post("/setup/procedures/1.013225/adopt/?running=1", typed).status_code == 302
    with inside():
        found = [get_version_in_force("1.013225", day) for day in (today, begins)]
    assert [one.template_number for one in found] == [template.number, template.number + 1]
    assert [one.content["cases"][1]["limit"]["amount"] for one in found] == [5, 7]


def test_changes_outside_the_open_slots_are_refused_together_beside_their_fields(controller, inside, now):
    """As a page of before would still send them: the centre has closed all slots but the units."""
    with central_context():
        content = find_newest_published("1.013225").content | {"slots": ["units"]}
        draft = create_draft(code="1.013225", content=content, by=OPERATOR, now=now)
        publish_by_two(version_id=draft.id, effective_from=now.date(), rings=EVERY_RING, by=OPERATOR, now=now)
    typed = {
        "limit-1": "5", "limit-1-ground": "NQ 12", "component-name": "Giấy của tỉnh", "component-originals": "1",
        "component-ground": "NQ 12", "note-0": "Nộp tại quầy 3", "note-0-ground": "NQ 12",
    }  # fmt: skip
    with inside():
        before = len(list_history("1.013225"))
    answer = adopt(controller, draft, **typed)
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    said = [one.text_content() for one in page.xpath('//*[@class="error-summary"]//li')]
    assert [one.count("không cho phép thay đổi") for one in said] == [1, 1, 1]
    with inside():
        assert len(list_history("1.013225")) == before


def test_who_was_overtaken_is_told_who_adopted_and_keeps_what_was_typed(controller, template, inside, now):
    """Take the hidden field ``seen`` away, or ``require_seen`` out of ``adopt``, and the second undoes the first."""
    form = html.fromstring(controller.get("/setup/procedures/1.013225/adopt/").content.decode())
    (seen,) = form.xpath('//input[@name="seen"]/@value')
    first = {"limit-1": "5", "limit-1-ground": "NQ 12/2026/NQ-HĐND", "seen": seen}
    assert adopt(controller, template, **first).status_code == 302
    answer = adopt(controller, template, **first | {"limit-1": "4", "limit-1-ground": "NQ đang gõ"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa áp dụng thủ tục 1.013225" in page
    assert "NQ đang gõ" in page
    (again,) = html.fromstring(page).xpath('//input[@name="seen"]/@value')
    assert again == seen  # pressing once more does not undo it either
    with inside():
        assert get_version_in_force("1.013225", now.date()).content["cases"][1]["limit"]["amount"] == 5


def test_only_the_controller_adopts(admin, template):
    assert adopt(admin, template, **{"limit-1": "5", "limit-1-ground": "NQ"}).status_code == 403


DAY = {
    "date": "15/12/2026",
    "kind": "OFF",
    "name": "Nghỉ do bão",
    "ground": "Công điện 12/CĐ-UBND",
    "unit": "",
}


def days(inside):
    with inside():
        return list(
            CalendarDay.objects.filter(scope="PROVINCE", withdrawn_at__isnull=True).values_list(
                "name", flat=True
            )
        )


def test_the_year_shows_days_off_and_worked(controller):
    page = controller.get("/setup/calendar/", {"year": "2026"}).content.decode()
    assert "Tết Nguyên Đán" in page
    assert "day-worked" in page
    for year in ("", "abc", "99999", "0000"):
        assert controller.get("/setup/calendar/", {"year": year}).status_code == 200


def test_the_first_press_only_shows_what_moves(controller, inside):
    answer = controller.post("/setup/calendar/change/", DAY)
    assert "ngày hẹn trả sẽ thay đổi" in answer.content.decode()
    assert days(inside) == []
    assert controller.post("/setup/calendar/change/", {**DAY, "confirm": "1"}).status_code == 302
    assert days(inside) == ["Nghỉ do bão"]
    gone = {"act": "remove", "date": "2026-12-15", "unit": "", "confirm": "1"}
    assert controller.post("/setup/calendar/change/", gone).status_code == 302
    assert days(inside) == []


@pytest.mark.parametrize(
    "wrong", [{"date": "32/12/2026"}, {"ground": ""}, {"name": ""}, {"kind": "MAYBE"}, {"unit": "x"}]
)
def test_a_day_that_is_unclear_is_refused(controller, inside, wrong):
    assert controller.post("/setup/calendar/change/", {**DAY, **wrong, "confirm": "1"}).status_code == 422
    assert days(inside) == []


def test_a_ward_does_not_change_the_provinces_calendar(sign_in, inside):
    ward_admin = sign_in("quantri")
    answer = ward_admin.post("/setup/calendar/change/", {**DAY, "confirm": "1"})
    assert answer.status_code == 422
    assert "Bạn chỉ sửa được lịch" in answer.content.decode()
    assert days(inside) == []


def test_the_landing_lists_what_is_missing(admin):
    page = admin.get("/setup/").content.decode()
    assert "chưa có người" in page  # the centre of Quy Nhơn has no cashier


def typed_by_a_province(template) -> dict:
    """One of each slot, each with a ground; the fee online runs out with the year 2030."""
    grounds = (
        "limit-1",
        "fee-0",
        "fee-0-ONLINE",
        "role-SUPPORTING",
        "step-1",
        "time-1",
        "note-0",
        "component",
    )
    return {
        "limit-1": "5",
        "fee-0": "75.000 đ",
        "fee-0-link": "https://gialai.gov.vn/nq12",
        "fee-0-group-0-name": "Hộ nghèo",
        "fee-0-group-0-ground": "Điều 3",
        "fee-0-group-1-name": "Người cao tuổi",
        "fee-0-group-1-ground": "Điều 4",
        "fee-0-group-1-amount": "30000",
        "fee-0-ONLINE": "20000",
        "fee-0-ONLINE-to": "31/12/2030",
        "role-SUPPORTING-rule": "RECEIVING_UNIT",
        "step-1": "H21",
        "time-1": "1",
        "time-1-unit": "H",
        "note-0": "Nộp ở quầy 3",
        "component-name": "Bản cam kết",
        "component-originals": "1",
        **{f"{place}-ground": "NQ 12/2026/NQ-HĐND" for place in grounds},
    }


def test_every_slot_is_typed_shown_and_typed_back_unchanged(controller, template, inside, now):
    answer = adopt(controller, template, **typed_by_a_province(template))
    assert answer.status_code == 302, re.findall(r"<li>(.*?)</li>", answer.content.decode(), re.S)[:9]
    with inside():
        rows = list_history("1.013225")[:2]
    assert len(rows[0].overrides) == 8
    assert {one["slot"] for one in rows[0].overrides} == {
        "limit", "fee", "units", "component", "steps", "wording",
    }  # fmt: skip
    page = controller.get("/setup/procedures/1.013225/").content.decode()
    for words in (
        "miễn, giảm cho Hộ nghèo, Người cao tuổi",
        "đến hết 31/12/2030",
        "Nộp ở quầy 3",
        "“Nhà ở riêng lẻ” còn 5 ngày làm việc",
        "bước “Ý kiến của phòng kinh tế, hạ tầng”",
        "sẽ áp dụng",
        "trong 1 giờ",
    ):
        assert words in page
    public = Client(HTTP_HOST="gialai.localhost").get("/thu-tuc/1.013225/").content.decode()
    assert "Miễn cho Hộ nghèo (Điều 3)" in public
    assert "Người cao tuổi nộp 30.000 đ (Điều 4)" in public
    again = controller.get("/setup/procedures/1.013225/adopt/").content.decode()
    back = {**fields_of(again), "version": str(template.public_id)}
    assert controller.post("/setup/procedures/1.013225/adopt/", back).status_code == 302
    with inside():
        assert [row.number for row in list_history("1.013225")[:2]] == [row.number for row in rows]


def fields_of(page: str) -> dict:
    """What a browser would send of the form as it stands."""
    root = html.fromstring(page)
    (form,) = [one for one in root.forms if "version" in one.fields]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"fee-0": "1000", "fee-0-ground": "NQ", "fee-0-to": "hôm qua"}, "ngày cuối cùng không phải là ngày"),
        ({"fee-0": "1000", "fee-0-ground": "NQ", "fee-0-to": "01/01/2020"}, "đã qua"),
        ({"fee-0": "1000", "fee-0-ground": "NQ", "fee-0-link": "javascript:x"}, "https://"),
        ({"fee-0": "1000", "fee-0-ground": "NQ", "fee-0-group-0-name": "Hộ nghèo"}, "phải có tên và căn cứ"),
        ({"time-1": "99", "time-1-unit": "D", "time-1-ground": "NQ"}, "không được dài hơn"),
        ({"step-1": "H99.99", "step-1-ground": "NQ"}, "H99.99"),
    ],
)
def test_what_does_not_hold_of_the_further_slots_is_refused(controller, template, inside, typed, words):
    with inside():
        before = len(list_history("1.013225"))
    answer = adopt(controller, template, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert len(list_history("1.013225")) == before
