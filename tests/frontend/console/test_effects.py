"""The preview in the console: asked for with a button, filled in as the tenants answer."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from apps.catalogue import selectors
from apps.catalogue.models import EffectReport
from apps.catalogue.services import update_draft
from frontend.console.views.effects import SILENT
from kernel.actors import SYSTEM
from project.effects import measure_effect_now
from tenants.registry.context import central_context

CODE = "1.013225"
PATH = f"/templates/{CODE}/2/effect/"


def test_the_preview_is_asked_for_and_filled_in(operator, gia_lai, ha_noi):
    operator.post(f"/templates/{CODE}/draft/")
    assert "Chưa xem trước lần nào" in operator.get(PATH).content.decode()
    assert operator.post(f"{PATH}ask/").status_code == 302
    page = operator.get(PATH).content.decode()
    assert page.count("chưa trả lời") == 2
    assert "hx-get" in page
    found = selectors.find_effect(selectors.get_version_detail(CODE, 2).id)
    with central_context():
        measure_effect_now(found.request_id)
    page = operator.get(PATH).content.decode()
    for part in ("2 / 2", "Tỉnh Gia Lai", "Thành phố Hà Nội", "đều giữ quy định cũ"):
        assert part in page
    assert "hx-get" not in page
    assert "2 / 2" in operator.get(f"/templates/{CODE}/2/").content.decode()


def test_an_older_wording_is_told_apart(operator, gia_lai, ha_noi, now):
    operator.post(f"/templates/{CODE}/draft/")
    operator.post(f"{PATH}ask/")
    with central_context():
        version = selectors.get_version_detail(CODE, 2)
        update_draft(version_id=version.id, content={**version.content, "name": "Khác"}, by=SYSTEM, now=now)
    assert "số liệu dưới đây là của nội dung cũ" in operator.get(PATH).content.decode()
    assert "chưa được xem trước" in operator.get(f"/templates/{CODE}/2/").content.decode()


def test_what_programs_stumble_over_is_said_in_numbers(operator, gia_lai, ha_noi, now):
    operator.post(f"/templates/{CODE}/draft/")
    operator.post(f"{PATH}ask/")
    found = selectors.find_effect(selectors.get_version_detail(CODE, 2).id)
    with central_context():
        measure_effect_now(found.request_id)
    figures = selectors.find_effect(selectors.get_version_detail(CODE, 2).id).reports[0].figures
    none = figures["clients"]
    assert none["programs"] == 0
    clients = {**none, "programs": 2, "dossiers": 31, "removed": 2, "required": 1}
    # What the release before has told stands in the table as it was.
    for code, told in (("H21", clients), ("H26", {"programs": 1, "dossiers": 4})):
        EffectReport.objects.filter(request_id=found.request_id, tenant_code=code).update(
            figures={**figures, "clients": told}
        )
    page = operator.get(PATH).content.decode()
    for part in (
        "2 phần mềm, 31 hồ sơ",
        "2 dùng mục bị bỏ hoặc đổi mã",
        "1 thiếu mục, giấy tờ nay bắt buộc",
        "1 phần mềm, 4 hồ sơ",
    ):
        assert part in page


def test_who_never_answers_is_said_and_the_page_stops_asking(operator, gia_lai, ha_noi):
    operator.post(f"/templates/{CODE}/draft/")
    operator.post(f"{PATH}ask/")
    with time_machine.travel(timezone.now() + SILENT + timedelta(seconds=1), tick=False):
        page = operator.get(PATH).content.decode()
    assert "còn 2 nơi chưa trả lời" in page
    assert "hx-get" not in page
    assert "Xem trước lại" in page
