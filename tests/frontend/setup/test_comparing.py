"""The page of three sides: in words, decided one by one, with and without JavaScript."""

import re

import pytest
from lxml import html

from apps.catalogue import services as catalogue_services
from apps.catalogue.selectors import find_newest_published
from apps.procedures.models import AdoptionDraft
from apps.procedures.selectors import get_comparison, get_version_in_force
from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context
from tests.publishing import publish_by_two
from tests.statements import statements_of

CODE = "1.013225"
URL = f"/setup/procedures/{CODE}/compare/"
OPERATOR = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")


@pytest.fixture
def newer(controller, now):
    """Gia Lai has shortened a limit to 5 days; the centre comes with 8 and another name."""
    template = find_newest_published(CODE)
    typed = {"limit-1": "5", "limit-1-ground": "NQ 12/2026/NQ-HĐND"}
    answer = controller.post(
        f"/setup/procedures/{CODE}/adopt/", {"version": str(template.public_id), **typed}
    )
    assert answer.status_code == 302
    return publish(now, days=8, name="Cấp giấy phép xây dựng mới (sửa đổi)")


def publish(now, days, **changes):
    with central_context():
        content = find_newest_published(CODE).content | changes
        content["cases"][1]["limit"]["amount"] = days
        draft = catalogue_services.create_draft(code=CODE, content=content, by=OPERATOR, now=now)
        publish_by_two(
            version_id=draft.id,
            effective_from=now.date(),
            rings=catalogue_services.EVERY_RING,
            by=OPERATOR,
            now=now,
        )
    return draft.public_id


def key_on(page) -> str:
    return re.search(r'name="key" value="(\w+)"', page).group(1)


def decide(client, version, choice, key, seen="0", partial=False, **typed):
    headers = {"HX-Request": "true"} if partial else {}
    data = {"version": str(version), "key": key, "choice": choice, "seen": seen, **typed}
    return client.post(f"{URL}decide/", data, headers=headers)


def test_the_three_sides_are_shown_in_words(controller, newer) -> None:
    page = controller.get(URL).content.decode()
    for words in (
        "7 ngày làm việc",
        "8 ngày làm việc",
        "5 ngày làm việc",
        "NQ 12/2026/NQ-HĐND",
        "Tên thủ tục",
    ):
        assert words in page
    assert "trung ương và địa phương cùng thay đổi" in page
    assert "Còn 1 nội dung phải chọn" in page
    assert "{&#34;" not in page


def test_a_decision_is_kept_and_the_result_adopted(controller, newer, inside, now) -> None:
    key = key_on(controller.get(URL).content.decode())
    answer = decide(controller, newer, "KEEP", key, partial=True)
    assert answer.status_code == 200
    assert "đã chọn" in answer.content.decode()
    assert "Không còn nội dung nào phải chọn" in answer.content.decode()
    taken = controller.post(f"{URL}adopt/", {"version": str(newer)})
    assert (taken.status_code, taken["Location"]) == (302, f"/setup/procedures/{CODE}/?done=adopted")
    with inside():
        view = get_version_in_force(CODE, now.date())
    assert (view.name, view.content["cases"][1]["limit"]["amount"]) == (
        "Cấp giấy phép xây dựng mới (sửa đổi)",
        5,
    )


def test_without_javascript_a_decision_comes_back_to_its_place(controller, newer) -> None:
    key = key_on(controller.get(URL).content.decode())
    answer = decide(controller, newer, "NATIONAL", key)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}#c-{key}")


@pytest.mark.parametrize(
    ("choice", "typed", "words"),
    [
        ("EDIT", {"value": "", "ground": "NQ đang gõ"}, "Hãy nhập mức mới"),
        ("EDIT", {"value": "9", "ground": "NQ đang gõ"}, "chỉ được rút ngắn"),
        ("", {"ground": "NQ đang gõ"}, "Hãy chọn một trong các cách"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(controller, newer, inside, choice, typed, words) -> None:
    key = key_on(controller.get(URL).content.decode())
    for partial, status in ((True, 200), (False, 422)):
        answer = decide(controller, newer, choice, key, partial=partial, **typed)
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert "NQ đang gõ" in answer.content.decode()
    with inside():
        assert not AdoptionDraft.objects.filter(decisions__has_key=key).exists()


def test_the_second_person_sees_what_the_first_has_chosen(controller, newer, inside, now) -> None:
    key = key_on(controller.get(URL).content.decode())
    decide(controller, newer, "KEEP", key)
    answer = decide(controller, newer, "NATIONAL", key, seen="0")
    assert answer.status_code == 422
    assert "vừa chọn “Giữ của mình”" in answer.content.decode()
    with inside():
        (decided,) = get_comparison(CODE, on=now.date()).decided.values()
    assert decided.decision.choice == "KEEP"


def test_nothing_is_taken_over_while_something_is_undecided(controller, newer, inside, now) -> None:
    answer = controller.post(f"{URL}adopt/", {"version": str(newer), "in_force_from": ""})
    assert answer.status_code == 422
    assert "Còn 1 nội dung chưa chọn" in answer.content.decode()
    with inside():
        assert get_version_in_force(CODE, now.date()).template_number == 1


def test_who_was_overtaken_by_an_adoption_is_told_who_adopted(controller, newer, inside, now) -> None:
    page = controller.get(URL).content.decode()
    take_over = html.fromstring(page).xpath('//form[contains(@action, "/adopt/")]')[0]
    (seen,) = take_over.xpath('.//input[@name="seen"]/@value')
    decide(controller, newer, "KEEP", key_on(page))
    taken = {"version": str(newer), "limit-1": "4", "limit-1-ground": "NQ khác", "seen": seen}
    assert controller.post(f"/setup/procedures/{CODE}/adopt/", taken).status_code == 302
    answer = controller.post(f"{URL}adopt/", {"version": str(newer), "seen": seen})
    assert answer.status_code == 409
    assert "vừa áp dụng thủ tục" in answer.content.decode()
    with inside():
        assert get_version_in_force(CODE, now.date()).content["cases"][1]["limit"]["amount"] == 4


def test_only_the_controller_compares_and_nothing_to_compare_is_absent(admin, controller) -> None:
    assert admin.get(URL).status_code == 403
    assert admin.post(f"{URL}decide/", {}).status_code == 403
    assert controller.get("/setup/procedures/1.001193/compare/").status_code == 404


def test_the_page_costs_the_same_whatever_is_decided(controller, newer, now) -> None:
    one = len(statements_of(lambda: controller.get(URL)))
    publish(now, days=6, supplement_limit=2, executing="Ủy ban nhân dân", name_en="Another")
    assert len(statements_of(lambda: controller.get(URL))) <= one
