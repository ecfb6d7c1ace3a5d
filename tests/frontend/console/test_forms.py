"""The editor of forms: every act keeps what was typed and the ids of the fields; the picture beside it is the real form."""

import re
from html import unescape

import pytest

from apps.catalogue import selectors
from apps.forms.checking import definition_problems
from tests.frontend.filling.drawing import sent_by_a_browser

CODE = "1.001193"
PATH = f"/templates/{CODE}/2/form/"


@pytest.fixture
def draft(operator) -> None:
    assert operator.post(f"/templates/{CODE}/draft/").status_code == 302


def form() -> dict:
    return selectors.get_version_detail(CODE, 2).content["form"]


def seen() -> str:
    return selectors.get_version_detail(CODE, 2).content_sha256


def page(client, look_at="") -> str:
    answer = client.get(PATH, {"o": look_at} if look_at else {})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def press(client, do, look_at="child_name", **typed):
    sent = {"do": do, "seen": seen(), **{name.replace("__", "."): text for name, text in typed.items()}}
    return client.post(f"{PATH}?o={look_at.replace('#', '%23')}", sent)


def sent_as_shown(html: str) -> dict[str, str]:
    inside = html[html.index('id="editor"') :]
    return {
        name: text
        for name, text in sent_by_a_browser(inside).items()
        if name.startswith(("f.", "s.", "when.", "needed."))
    }


@pytest.mark.usefixtures("draft")
def test_the_page_shows_outline_details_and_the_form_itself(operator):
    shown = page(operator, "requester_relation")
    for words in ("Các câu hỏi", "Người làm chứng", "Chỉ hỏi khi", "Người dân sẽ thấy"):
        assert words in shown
    assert 'name="answers.mother.name"' in shown
    assert "Ông, bà" in shown


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    "look_at",
    ["child_name", "child_sex", "child_birth_date", "no_birth_certificate", "residence_after", "mother", "witnesses",
     "witnesses.identity_number", "authorisation", "extract_copies", "result_mail", "#witnesses", "#child"],
)  # fmt: skip
def test_saving_what_is_shown_changes_nothing(operator, look_at):
    before = form()
    typed = sent_as_shown(operator.get(PATH, {"o": look_at}).content.decode())
    assert typed
    answer = operator.post(f"{PATH}?o={look_at.replace('#', '%23')}", typed | {"do": "save", "seen": seen()})
    assert answer.status_code == 302
    assert form() == before


@pytest.mark.usefixtures("draft")
def test_a_title_changes_and_the_id_stays(operator):
    press(operator, "save", f__title="Họ tên trẻ", f__required="1", f__kind="text", f__help="Viết hoa")
    field = form()["properties"]["child_name"]
    assert (field["title"], field["description"]) == ("Họ tên trẻ", "Viết hoa")
    assert "child_name" in form()["required"]
    press(operator, "save", f__title="Họ tên trẻ", f__kind="text")
    assert "child_name" not in form()["required"]


@pytest.mark.usefixtures("draft")
def test_a_field_is_added_moved_removed_and_brought_back(operator):
    added = press(operator, "add:field:request", new__title="Ghi chú thêm", new__kind="long_text")
    assert added["Location"] == f"{PATH}?o=ghi_chu_them#details"
    assert form()["x-order"][-1] == "ghi_chu_them"
    press(operator, "up:ghi_chu_them")
    assert form()["x-order"][-2:] == ["ghi_chu_them", "result_mail"]
    before = form()
    press(operator, "remove:ghi_chu_them")
    assert "ghi_chu_them" not in form()["properties"]
    shown = page(operator)
    assert "Đã bỏ câu hỏi “Ghi chú thêm”." in shown
    assert "Hoàn tác" in shown
    press(operator, "undo")
    assert form() == before


@pytest.mark.usefixtures("draft")
def test_a_field_goes_over_the_edge_of_its_section(operator):
    press(operator, "up:mother")
    assert form()["properties"]["mother"]["x-section"] == "child"
    press(operator, "down:mother")
    assert form()["properties"]["mother"]["x-section"] == "parents"


@pytest.mark.usefixtures("draft")
def test_sections_are_added_moved_and_only_taken_away_when_empty(operator):
    press(operator, "add:section", new__section="Cam đoan")
    assert form()["x-sections"][-1] == {"id": "cam-doan", "title": "Cam đoan"}
    press(operator, "up:#cam-doan")
    assert [one["id"] for one in form()["x-sections"]][-2:] == ["cam-doan", "request"]
    press(operator, "remove:#child")
    assert "child" in [one["id"] for one in form()["x-sections"]]
    press(operator, "remove:#cam-doan")
    assert "cam-doan" not in [one["id"] for one in form()["x-sections"]]


@pytest.mark.usefixtures("draft")
def test_a_column_is_added_to_a_group(operator):
    press(operator, "add:column:witnesses", look_at="witnesses", new__title="Điện thoại", new__kind="phone")
    items = form()["properties"]["witnesses"]["items"]
    assert items["x-order"][-1] == "dien_thoai"
    assert definition_problems(form(), components=["van-ban-uy-quyen"]) == []


@pytest.mark.usefixtures("draft")
def test_a_condition_is_written_and_a_kind_changed(operator):
    press(
        operator, "save", look_at="marriage_certificate", f__title="Giấy kết hôn", f__kind="text",
        when__0__field="parents_married", when__0__test="equals", when__0__value="Không",
        when__1__field="mother", when__1__test="filled", when__joint="any",
    )  # fmt: skip
    assert form()["properties"]["marriage_certificate"]["x-when"] == {
        "any": [{"field": "parents_married", "equals": False}, {"field": "mother", "filled": True}]
    }
    press(operator, "save", look_at="child_sex", f__title="Giới tính", f__kind="yes_no", f__options="Nam\nNữ")
    assert form()["properties"]["child_sex"] == {
        "type": "boolean", "title": "Giới tính", "x-kind": "yes_no", "x-section": "child",
    }  # fmt: skip


@pytest.mark.usefixtures("draft")
def test_a_preview_follows_what_is_typed_and_saves_nothing(operator):
    before = form()
    shown = unescape(
        press(operator, "preview", f__title="Tên hoàn toàn mới", f__kind="text").content.decode()
    )
    assert "Tên hoàn toàn mới" in shown[shown.index('id="preview"') :]
    assert form() == before


@pytest.mark.usefixtures("draft")
def test_answers_are_tried_against_the_form(operator):
    wrong = unescape(press(operator, "check", **{"answers.child_birth_date": "hôm qua"}).content.decode())
    assert "Ngày sinh: không đúng dạng ngày." in wrong
    assert 'value="hôm qua"' in wrong
    good = {
        "child_name": "An", "child_sex": "Nam", "child_birth_date": "1/11/2026", "child_birth_place": "Pleiku",
        "child_ethnicity": "Kinh", "child_nationality": "Việt Nam", "child_hometown": "Gia Lai", "requester_relation": "Cha",
    }  # fmt: skip
    tried = press(operator, "check", **{f"answers.{name}": text for name, text in good.items()})
    assert "Câu trả lời thử hợp lệ." in tried.content.decode()
    added = operator.post(
        PATH, {"refresh": "add:witnesses", "answers.no_birth_certificate": "1", "seen": seen()}
    )
    assert 'name="answers.witnesses.0.name"' in added.content.decode()


@pytest.mark.usefixtures("draft")
def test_what_is_unsound_is_said_by_place_and_the_page_still_works(operator):
    press(operator, "save", f__title="Tên", f__kind="text", f__pattern="(a+)+$")
    assert "properties.child_name.pattern" in page(operator)
    press(operator, "remove:requester_relation", look_at="child_birth_date")
    shown = page(operator)
    assert "properties.authorisation.x-when" in shown
    assert 'name="answers.child_name"' in shown  # it is drawn all the same


@pytest.mark.usefixtures("draft")
def test_a_draft_that_somebody_else_has_saved_is_not_overwritten(operator):
    stale = seen()
    press(operator, "save", f__title="Của người khác", f__kind="text")
    late = operator.post(
        f"{PATH}?o=child_name", {"do": "save", "seen": stale, "f.title": "Của tôi", "f.kind": "text"}
    )
    assert late.status_code == 422
    assert 'value="Của tôi"' in late.content.decode()
    assert form()["properties"]["child_name"]["title"] == "Của người khác"


@pytest.mark.parametrize("path", [PATH, f"/templates/{CODE}/1/form/", "/templates/9.999999/2/form/"])
def test_only_a_draft_is_edited_and_only_by_operators(operator, client, path):
    assert operator.get(path).status_code == 404
    assert client.get(path, headers={"host": "localhost"}).status_code == 302
