"""The preview in the console: asked for with a button, filled in as the tenants answer."""

from apps.catalogue import selectors
from apps.catalogue.services import update_draft
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
