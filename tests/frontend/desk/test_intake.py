"""The counter."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from apps.dossiers.models import Component, Dossier, Draft
from kernel.http.models import IdempotencyKey
from kernel.ids import uuid7

FORM = "/desk/intake/1.001193/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def typed(birth) -> dict[str, str]:
    return birth | {"idempotency_key": str(uuid7())}


def test_choose_finds_a_procedure_without_marks(counter):
    page = counter.get("/desk/intake/?q=khai sinh").content.decode()

    assert "Thủ tục đăng ký khai sinh" in page
    assert "Chứng thực bản sao" not in page


def test_form_works_out_fee_and_due_date_before_anything_is_typed(counter):
    page = counter.get(FORM).content.decode()

    assert "Không thu phí, lệ phí." in page
    assert "Hẹn trả" in page
    assert "Tiếp nhận và in giấy hẹn" in page


def test_form_receives_and_leads_to_the_receipt(counter, typed, inside):
    answer = counter.post(FORM, typed)

    assert answer.status_code == 302, re.findall(r"field-error[^<]*<", answer.content.decode())
    with inside():
        dossier = Dossier.objects.get()
        assert dossier.status == 2
        assert dossier.owner_name == "Nguyễn Thị Phương Thảo"
        assert Component.objects.filter(dossier=dossier).count() == 2
    page = counter.get(answer["Location"]).content.decode()
    assert "In mẫu 01" in page


def test_form_pressed_twice_makes_one_dossier(counter, typed, inside):
    first, second = counter.post(FORM, typed), counter.post(FORM, typed)

    assert first["Location"].split("?")[0] == second["Location"].split("?")[0]
    assert second["Location"].endswith("done=again")
    with inside():
        assert Dossier.objects.count() == 1


def test_form_changed_after_it_was_sent_asks_before_it_makes_a_second(counter, typed, inside):
    counter.post(FORM, typed)
    answer = counter.post(FORM, typed | {"submitter.phone": "0905999999"})

    assert answer.status_code == 422
    assert typed["idempotency_key"] not in answer.content.decode()
    with inside():
        assert Dossier.objects.count() == 1


def test_form_refused_keeps_everything_that_was_typed(counter, typed, inside):
    del typed["components.to-khai.there"]
    answer = counter.post(
        FORM, typed | {"submitter.identity_number": "12", "submitter.birth_date": "31/02/1990"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12"' in page
    assert 'value="31/02/1990"' in page
    assert "Nguyễn Hoàng Bảo An" in page
    assert 'href="#f-submitter-birth_date"' in page
    with inside():
        assert not Dossier.objects.exists()


def test_form_names_every_problem_at_its_field(counter, typed):
    del typed["components.to-khai.there"]
    typed["answers.child_name"] = ""
    page = counter.post(FORM, typed | {"submitter.identity_number": "12"}).content.decode()

    for field in ("submitter-identity_number", "answers-child_name", "components-to-khai"):
        assert f'href="#f-{field}"' in page
        assert re.search(rf'id="e-{field}"><p class="field-error">', page), field


def test_form_keeps_an_uploaded_file_through_a_refusal(counter, typed, inside):
    scan = SimpleUploadedFile("giấy chứng sinh.pdf", PDF, "application/pdf")
    refused = counter.post(FORM, typed | {"submitter.name": "", "components.giay-chung-sinh.file": scan})
    kept = re.search(r'name="components.giay-chung-sinh.file_kept" value="([^"]+)"', refused.content.decode())
    assert kept, refused.content.decode()[:500]

    answer = counter.post(FORM, typed | {"components.giay-chung-sinh.file_kept": kept[1]})

    assert answer.status_code == 302
    with inside():
        assert Component.objects.get(key="giay-chung-sinh").files.count() == 1


def test_form_refuses_a_file_that_is_not_what_it_says_beside_its_paper(counter, typed):
    fake = SimpleUploadedFile("x.pdf", b"MZ not a pdf at all", "application/pdf")
    page = counter.post(FORM, typed | {"components.to-khai.file": fake}).content.decode()

    assert 'href="#f-components-to-khai"' in page


def test_form_with_another_owner_needs_their_name(counter, typed):
    del typed["owner_same"]
    page = counter.post(FORM, typed).content.decode()

    assert 'href="#f-owner-name"' in page


def test_form_is_only_for_who_receives(sign_in):
    assert sign_in("chuyenvien").get(FORM).status_code == 403


def test_form_of_an_unknown_procedure_is_a_sentence(counter):
    answer = counter.get("/desk/intake/9.999999/")

    assert answer.status_code == 422
    assert "9.999999" in answer.content.decode()


def test_support_hands_in_and_reception_accepts(sign_in, typed, inside):
    answer = sign_in("hotro").post(FORM, typed)

    assert answer["Location"].endswith("done=submitted")
    with inside():
        assert Dossier.objects.get().status == 1


def test_draft_is_saved_checked_and_taken_up_again(counter, typed, inside):
    answer = counter.post(f"{FORM}draft/", typed | {"submitter.identity_number": "12"})

    page = answer.content.decode()
    assert "Đã lưu nháp lúc" in page
    assert "không hợp lệ" in page
    with inside():
        draft = Draft.objects.get()
    again = counter.get(f"{FORM}?draft={draft.public_id}").content.decode()
    assert "Nguyễn Hoàng Bảo An" in again


def test_draft_says_nothing_of_fields_that_are_still_empty(counter, typed):
    typed["answers.child_name"] = ""

    assert "chưa được điền" not in counter.post(f"{FORM}draft/", typed).content.decode()


def test_draft_of_somebody_else_is_not_shown(counter, sign_in, typed, inside):
    counter.post(f"{FORM}draft/", typed)
    with inside():
        draft = Draft.objects.get()

    assert (
        "Nguyễn Hoàng Bảo An"
        not in sign_in("tiepnhan2").get(f"{FORM}?draft={draft.public_id}").content.decode()
    )


def test_draft_is_gone_when_the_dossier_is_there(counter, typed, inside):
    counter.post(f"{FORM}draft/", typed)
    with inside():
        draft = Draft.objects.get()
    counter.post(FORM, typed | {"draft_id": str(draft.public_id)})

    with inside():
        assert not Draft.objects.exists()


def test_draft_is_gone_when_the_dossier_overtakes_the_first_saving(counter, typed, inside):
    """The page does not know its draft yet. Fails when the draft is not begun under the form's key."""
    counter.post(f"{FORM}draft/", typed)
    counter.post(FORM, typed)
    with inside():
        assert not Draft.objects.exists()


def test_draft_that_is_saved_late_leaves_nothing_behind(counter, typed, inside):
    """Fails when ``was_just_handed_in`` is not asked: the dossier would be offered again as a draft."""
    counter.post(FORM, typed)
    assert counter.post(f"{FORM}draft/", typed).status_code == 204
    with inside():
        assert not Draft.objects.exists()


def test_draft_of_an_old_page_is_kept(counter, typed, inside):
    """Who goes back long after handing in and types on loses nothing."""
    counter.post(FORM, typed)
    with inside():
        IdempotencyKey.objects.update(created_at=F("created_at") - timedelta(minutes=5))
    assert counter.post(f"{FORM}draft/", typed).status_code == 200
    with inside():
        assert Draft.objects.count() == 1


def test_two_savings_at_once_begin_one_draft(counter, typed, inside):
    """Neither page-load answer has come back: both carry the key alone."""
    for _time in range(2):
        counter.post(f"{FORM}draft/", typed)
    with inside():
        assert Draft.objects.count() == 1


def test_person_known_from_an_earlier_dossier_is_filled_in(counter, received):
    received("Nguyễn Thị Phương Thảo")
    answer = counter.post(f"{FORM}person/submitter/", {"submitter.identity_number": "052190001234"})

    assert "Nguyễn Thị Phương Thảo" in answer.content.decode()
    assert 'value="12/03/1990"' in answer.content.decode()


def test_person_keeps_what_was_typed_over_what_is_known(counter, received):
    received("Nguyễn Thị Phương Thảo")
    sent = {"submitter.identity_number": "052190001234", "submitter.phone": "0912000111"}

    assert 'value="0912000111"' in counter.post(f"{FORM}person/submitter/", sent).content.decode()


def test_person_unknown_changes_nothing(counter):
    sent = {"submitter.identity_number": "052199999999"}

    assert counter.post(f"{FORM}person/submitter/", sent).status_code == 204


def test_form_without_javascript_fills_in_and_changes_the_checklist_by_a_button(counter, received, inside):
    received("Nguyễn Thị Phương Thảo")
    sent = {
        "typed": "1",
        "refresh": "1",
        "submitter.identity_number": "052190001234",
        "answers.child_name": "Bảo An",
    }
    answer = counter.post(FORM, sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nguyễn Thị Phương Thảo" in page
    assert 'value="Bảo An"' in page
    with inside():
        assert Dossier.objects.count() == 1


def test_papers_of_another_case_keep_what_was_ticked(counter):
    sent = {"case_code": "1.001193.01", "components.to-khai.there": "1"}
    page = counter.post(f"{FORM}papers/", sent).content.decode()

    assert re.search(r'name="components.to-khai.there" value="1"[^>]* checked', page)


def test_person_known_as_a_business_is_taken_as_one(counter, typed, inside):
    business = {
        "submitter.kind": "BUSINESS",
        "submitter.identity_number": "0100109106",
        "submitter.name": "Tập đoàn Công nghiệp - Viễn thông Quân đội",
    }
    assert counter.post(FORM, typed | business).status_code == 302
    sent = {"submitter.identity_number": "0100109106", "submitter.kind": "CITIZEN"}

    assert 'value="BUSINESS" selected' in counter.post(f"{FORM}person/submitter/", sent).content.decode()


def test_form_asks_for_a_paper_when_the_answers_call_for_it(counter, birth, inside):
    typed = {**birth, "answers.requester_relation": "Người được ủy quyền"}
    refused = counter.post(FORM, typed | {"idempotency_key": "uy-quyen-1"})
    assert refused.status_code == 422
    assert "Thiếu giấy tờ bắt buộc: Văn bản ủy quyền có chứng thực." in refused.content.decode()
    with inside():
        assert not Dossier.objects.exists()
    paper = {"components.van-ban-uy-quyen.there": "1", "components.van-ban-uy-quyen.originals": "1"}
    assert counter.post(FORM, typed | paper | {"idempotency_key": "uy-quyen-2"}).status_code == 302


def test_form_stores_people_rows_and_places_and_not_what_is_not_asked(counter, birth, inside):
    typed = birth | {
        "answers.no_birth_certificate": "1",
        "answers.witnesses.rows": "2",
        "answers.witnesses.0.name": "Lê Ba",
        "answers.parents_married": "no",
        "answers.marriage_certificate": "01/2020",
        "answers.mother.nationality": "Việt Nam",
        "answers.father.name": "Nguyễn Cha",
        "answers.father.residence.province_code": "H21",
        "answers.father.residence.commune_code": "H21.101",
    }
    typed |= {f"components.giay-chung-sinh.{part}": "1" for part in ("there", "originals")}
    answer = counter.post(FORM, typed | {"idempotency_key": "khoi"})
    assert answer.status_code == 302, answer.content.decode()
    with inside():
        answers = Dossier.objects.get().answers
    assert answers["witnesses"] == [{"name": "Lê Ba"}]
    assert answers["father"]["residence"] == {
        "province_code": "H21", "province_name": "Tỉnh Gia Lai", "commune_code": "H21.101", "commune_name": "Phường Pleiku",
    }  # fmt: skip
    assert not {"marriage_certificate", "mother"} & set(answers)
    shown = counter.get(answer["Location"]).content.decode()
    for words in (
        "Người làm chứng 1",
        "Lê Ba",
        "Phường Pleiku, Tỉnh Gia Lai",
        "Khai theo biểu mẫu của bản 1",
    ):
        assert words in shown


def test_form_adds_rows_and_fills_in_people_by_buttons(counter, birth):
    shown = counter.post(FORM, birth | {"refresh": "add:witnesses"}).content.decode()
    assert 'name="answers.witnesses.0.name"' in shown
    shown = counter.post(FORM, birth | {"refresh": "SUBMITTER:mother"}).content.decode()
    assert "Nguồn: lấy từ người nộp hồ sơ" in shown
    assert 'name="answers.mother.name" type="text" value="Nguyễn Thị Phương Thảo"' in shown


def test_form_finds_a_person_of_an_earlier_dossier(counter, birth, received):
    received("Nguyễn Thị Từng Đến")
    typed = birth | {"answers.mother.identity_number": "052190001234", "refresh": "EARLIER:mother"}
    shown = counter.post(FORM, typed).content.decode()
    assert "Nguồn: lấy từ hồ sơ trước" in shown
    assert 'name="answers.mother.name" type="text" value="Nguyễn Thị Từng Đến"' in shown
    nobody = counter.post(FORM, typed | {"answers.mother.identity_number": "052190009999"}).content.decode()
    assert "Nguồn: lấy từ hồ sơ trước" not in nobody
