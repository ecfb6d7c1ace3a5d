"""A procedure of the province's own, from the first page to the citizen's."""

import re

import pytest
from django.test import Client

from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import assign_duty
from apps.organisations.selectors import get_unit_by_code
from apps.procedures.models import LocalDraft
from kernel.actors import SYSTEM
from tests.statements import statements_of

CODE = "2.002999.H21"
NEW = {"code": CODE, "name": "Cấp phép xây dựng tạm", "copy_of": "1.013225"}


@pytest.fixture
def second(sign_in, in_province, inside, now):
    """dieuhanh keeps procedures too, for this test."""
    with inside():
        assign_duty(
            user_id=find_user_by_username("dieuhanh").id,
            duty="PROCEDURE_CONTROLLER",
            unit_id=get_unit_by_code("H21", on=now.date()).id,
            valid_from=now.date(),
            by=SYSTEM,
            now=now,
        )
    return sign_in("dieuhanh")


def begin(client, **changed) -> str:
    answer = client.post("/setup/local/new/", {**NEW, **changed})
    assert answer.status_code == 302, re.findall(r"<li>(.*?)</li>", answer.content.decode())
    return answer["Location"].removesuffix("general/")


def revision(page: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', page).group(1)


def fields_of(page: str) -> dict:
    from lxml import html

    form = html.fromstring(page).get_element_by_id("section")
    found: dict = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def test_a_province_writes_reviews_and_publishes(controller, second, now) -> None:
    place = begin(controller)
    page = controller.get(f"{place}cases/").content.decode()
    typed = {**fields_of(page), "0.limit.amount": ["6"]}
    assert controller.post(f"{place}cases/", typed).status_code == 302
    stale = controller.post(f"{place}cases/", typed)
    assert stale.status_code == 422
    assert "vừa sửa bản nháp này" in stale.content.decode()
    page = controller.get(place).content.decode()
    assert "Nội dung đủ và không mâu thuẫn" in page
    assert controller.post(f"{place}act/submit/", {"seen": revision(page)}).status_code == 302
    own = controller.get(place).content.decode()
    assert "một đầu mối kiểm soát khác phải duyệt" in own
    other = second.get(place).content.decode()
    assert place in second.get("/setup/").content.decode()
    assert place not in controller.get("/setup/").content.decode()
    day = f"{now:%d/%m/%Y}"
    facts = {"seen": revision(other), "legal_basis": "QĐ 5/2026/QĐ-UBND", "in_force_from": day}
    refused = controller.post(f"{place}act/publish/", facts)
    assert refused.status_code == 422
    assert "không được tự duyệt" in refused.content.decode()
    done = second.post(f"{place}act/publish/", facts)
    assert (done.status_code, done["Location"]) == (302, f"/setup/procedures/{CODE}/?done=local-published")
    standing = controller.get(f"/setup/procedures/{CODE}/").content.decode()
    assert "Lần 1, địa phương ban hành" in standing
    assert "QĐ 5/2026/QĐ-UBND" in standing
    assert CODE in controller.get("/setup/local/").content.decode()
    public = Client(HTTP_HOST="gialai.localhost").get(f"/thu-tuc/{CODE}/").content.decode()
    assert "Cấp phép xây dựng tạm" in public
    assert "6 ngày làm việc" in public
    assert Client(HTTP_HOST="hanoi.localhost").get(f"/thu-tuc/{CODE}/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "2.002999.H26"}, "2.xxxxxx.H21"),
        ({"code": "1.013225"}, "2.xxxxxx.H21"),
        ({"name": " "}, "Hãy nhập tên"),
        ({"copy_of": ""}, "Không có thủ tục"),
    ],
)
def test_what_is_unclear_is_refused(controller, inside, wrong, words) -> None:
    answer = controller.post("/setup/local/new/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert not LocalDraft.objects.exists()


def test_only_controllers_write(admin, controller) -> None:
    assert admin.get("/setup/local/").status_code == 200
    assert admin.get("/setup/local/new/").status_code == 403
    place = begin(controller)
    assert admin.get(place).status_code == 403
    assert admin.post(f"{place}general/", {}).status_code == 403
    assert controller.get(f"{place}slots/").status_code == 404


def test_the_list_costs_the_same_at_one_and_at_three(controller) -> None:
    begin(controller)
    controller.get("/setup/local/")  # warm
    one = len(statements_of(lambda: controller.get("/setup/local/")))
    begin(controller, code="2.002998.H21")
    begin(controller, code="2.002997.H21")
    assert len(statements_of(lambda: controller.get("/setup/local/"))) == one


def test_the_second_person_reads_all_of_it_and_says_what_is_to_be_changed(controller, second, inside) -> None:
    place = begin(controller)
    controller.post(f"{place}act/submit/", {"seen": revision(controller.get(place).content.decode())})
    page = second.get(place).content.decode()
    with inside():
        content = LocalDraft.objects.get().content
    for said in (
        content["components"][0]["name"],
        content["results"][0]["name"],
        content["legal_basis"][0]["code"],
        next(iter(content["form"]["properties"].values()))["title"],
        "Sơ đồ quy trình",
    ):
        assert said in page
    refused = second.post(f"{place}act/return/", {"seen": revision(page), "remarks": " "})
    assert refused.status_code == 422
    assert "Hãy ghi điều người soạn cần sửa" in refused.content.decode()
    with inside():
        assert LocalDraft.objects.get().state == "IN_REVIEW"
    assert controller.post(f"{place}act/return/", {"seen": revision(page)}).status_code == 302


def test_the_next_version_says_what_it_changes(controller, second, now) -> None:
    place = begin(controller)
    controller.post(f"{place}act/submit/", {"seen": revision(controller.get(place).content.decode())})
    facts = {"legal_basis": "QĐ 5", "in_force_from": f"{now:%d/%m/%Y}"}
    seen = revision(second.get(place).content.decode())
    assert second.post(f"{place}act/publish/", facts | {"seen": seen}).status_code == 302
    offered = controller.get(f"/setup/local/new/?code={CODE}").content.decode()
    assert f'value="{NEW["name"]}"' in offered
    again = begin(controller, copy_of=CODE)
    assert "Chưa khác gì" in controller.get(again).content.decode()
    typed = fields_of(controller.get(f"{again}cases/").content.decode())
    assert controller.post(f"{again}cases/", {**typed, "0.limit.amount": ["4"]}).status_code == 302
    assert "4 ngày làm việc" in controller.get(again).content.decode().partition("Khác lần đang áp dụng")[2]


def test_the_pattern_of_codes_is_shown_and_changed_on_a_page(controller, admin) -> None:
    assert "chưa ai đối chiếu với văn bản" in controller.get("/setup/local/").content.decode()
    refused = controller.post("/setup/local/pattern/", {"pattern": "2.xx", "ground": ""})
    assert refused.status_code == 422
    assert "2.xxxxxx.{tenant}" in refused.content.decode()
    typed = {"pattern": "3.xxxxxx.{tenant}", "ground": "TT 9/2027/TT-VPCP"}
    answer = controller.post("/setup/local/pattern/", typed, follow=True)
    page = answer.content.decode()
    assert "Đã lưu mẫu mã thủ tục." in page
    assert "3.xxxxxx.H21" in page
    assert "TT 9/2027/TT-VPCP" in page
    assert "Theo mẫu 3.xxxxxx.H21" in controller.get("/setup/local/new/").content.decode()
    assert admin.post("/setup/local/pattern/", typed).status_code in (302, 403, 404)
