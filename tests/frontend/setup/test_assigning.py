"""Giving the work of a procedure to another unit on a page: ground, days, and what is not left open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.organisations.selectors import get_unit_by_code
from apps.procedures.selectors import get_version_in_force, list_history, list_units

CODE = "1.013225"
PAGE = f"/setup/procedures/{CODE}/units/"


@pytest.fixture
def department(inside):
    with inside():
        return get_unit_by_code("H21.101", on=timezone.localdate())


def typed(unit, **changed) -> dict[str, str]:
    facts = {"COMPETENT-rule": "CHOSEN_UNIT", "COMPETENT-unit": str(unit.public_id), "ground": "QĐ 9/QĐ-UBND"}
    return facts | changed


def competent(day) -> int | None:
    version = get_version_in_force(CODE, day)
    return next(row.unit_id for row in list_units(version.id) if row.role == "COMPETENT")


def test_a_role_is_given_for_a_while_and_comes_back(controller, department, inside):
    today = timezone.localdate()
    last = today + timedelta(days=7)
    assert "Giao đơn vị khác" in controller.get(f"/setup/procedures/{CODE}/").content.decode()
    with inside():
        before = competent(today)
    answer = controller.post(PAGE, typed(department, last=f"{last:%d/%m/%Y}"))
    assert answer.status_code == 302, answer.content.decode()
    with inside():
        found = [competent(day) for day in (today, last, last + timedelta(days=1))]
    assert found == [department.id, department.id, before]
    page = controller.get(answer["Location"]).content.decode()
    assert "Đã giao cho đơn vị được chọn." in page
    assert f"đến hết {last:%d/%m/%Y}" in page
    assert "QĐ 9/QĐ-UBND" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ground": ""}, "phải nêu căn cứ"),
        ({"COMPETENT-unit": ""}, "phải nêu cách chọn đơn vị"),
        ({"COMPETENT-rule": ""}, "chưa chọn vai trò nào"),
        ({"last": "hôm nào"}, "ngày/tháng/năm"),
        ({"first": "01/01/2020"}, "không được trước hôm nay"),
    ],
)
def test_what_does_not_hold_is_refused_and_kept_typed(controller, department, inside, changed, words):
    with inside():
        before = len(list_history(CODE))
    answer = controller.post(PAGE, typed(department, **changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert len(list_history(CODE)) == before


def test_only_the_controller_gives_units(admin, controller):
    assert admin.get(PAGE).status_code in (302, 403, 404)
    assert controller.get("/setup/procedures/9.999999/units/").status_code == 404
