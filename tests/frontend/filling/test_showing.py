"""A form on a page: what a screen reader is told, what stands beside what, and answers in words."""

import pytest
from django.utils import translation

from frontend.filling.nodes import names_below, show
from frontend.filling.reading import write_values
from frontend.filling.told import tell
from frontend.problems import Problems
from tests.frontend.filling.drawing import FORM, PLACES, VALUES, Inputs, drawn


def test_every_input_has_a_label_a_description_and_an_id_of_its_own():
    found = Inputs(drawn())
    assert len(found.ids) == len(set(found.ids))
    for name, told in found.named.items():
        if told.get("type") in ("hidden", "radio"):
            continue
        assert told["id"] in found.labels or told["type"] == "checkbox", name
        assert set(told["aria-describedby"].split()) <= set(found.ids), name


def test_what_was_typed_stands_there_again_and_is_never_markup():
    html = drawn()
    assert "Trần &lt;b&gt;An&lt;/b&gt;" in html
    assert "<b>An" not in html
    assert Inputs(html).named["answers.witnesses.0.name"]["value"] == "Lê Ba"


def test_what_is_not_asked_is_marked_and_says_when_it_is():
    html = drawn()
    assert "Chỉ điền nếu “Đã kết hôn” là có." in html
    assert "data-off" in html.split("answers-spouse")[0].rsplit("form-node", 1)[1]
    parts = show(FORM, VALUES | {"answers.sex": "Nam"}, Problems())
    assert [(part.id, part.off) for part in parts] == [("s-who", False), ("s-what", False), ("s-seen", True)]


def test_mistakes_stand_beside_their_input():
    problems = Problems()
    for name in ("answers.name", "answers.witnesses.1.name", "answers.home.province_name"):
        problems.add(name, f"sai {name}")
    found = Inputs(drawn(problems=problems))
    assert found.named["answers.name"]["aria-invalid"] == "true"
    assert found.named["answers.witnesses.1.name"]["aria-invalid"] == "true"
    assert (
        found.named["answers.home.province_code"]["aria-invalid"] == "true"
    )  # the list, not the hidden text


def test_names_below_are_the_places_where_sentences_stand():
    ids = Inputs(drawn()).ids
    parts = show(FORM, VALUES, Problems(), places=PLACES)
    names = [name for part in parts for node in part.nodes for name in names_below(node)]
    assert {f"e-{name.replace('.', '-')}" for name in names} <= set(ids)


@pytest.mark.parametrize(("language", "title"), [("vi", "Người khai"), ("en", "Who")])
def test_titles_are_in_the_language_of_the_page(language, title):
    with translation.override(language):
        assert show(FORM, {}, Problems())[0].title == title


def test_tell_says_every_answer_and_leaves_out_what_was_not_answered():
    answers = {
        "name": "An", "sex": "Nữ", "born": "1990-02-01", "married": True,
        "spouse": {"name": "Bình", "residence": {"province_name": "Tỉnh Gia Lai", "commune_name": "Phường Pleiku"}, "source": "SUBMITTER"},
        "lost": ["Sổ hộ khẩu", "Thẻ <căn cước>"], "income": 8000, "area": 1200.5, "promise": True, "witnesses": [{"name": "Ba"}, {"name": "Tư", "is_foreign": True}],
    }  # fmt: skip
    told = {
        (part.title or section.title): (dict(part.rows), part.source)
        for section in tell(FORM, answers)
        for part in section.parts
    }
    assert told == {
        "Người khai": ({"Họ, chữ đệm, tên": "An", "Giới tính": "Nữ", "Ngày sinh": "01/02/1990", "Đã kết hôn": "Có"}, ""),
        "Vợ hoặc chồng": ({"Họ, chữ đệm, tên": "Bình", "Nơi cư trú": "Phường Pleiku, Tỉnh Gia Lai"}, "lấy từ người nộp hồ sơ"),
        "Nội dung": ({"Thu nhập": "8.000 đ", "Diện tích": "1.200,5", "Giấy tờ bị mất": "Sổ hộ khẩu; Thẻ <căn cước>"}, ""),
        "Người làm chứng 1": ({"Họ tên": "Ba"}, ""),
        "Người làm chứng 2": ({"Họ tên": "Tư", "Người nước ngoài": "Có"}, ""),
        "Làm chứng": ({"Cam đoan": "Có"}, ""),
    }  # fmt: skip
    assert write_values(FORM, answers)["answers.spouse.name"] == "Bình"
