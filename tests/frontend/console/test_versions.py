"""A version in the console: written section by section, submitted, looked at by a second person, published."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from apps.catalogue import selectors
from apps.catalogue.models import PublishLog, TemplateVersion
from tenants.registry.context import central_context
from tenants.registry.models import Operator
from tests.furniture import PASSWORD
from tests.statements import statements_of

CODE = "1.013225"
PATH = f"/templates/{CODE}/2/"
BASIS = "Quyết định 12/QĐ-BXD ngày 25/11/2026"


@pytest.fixture
def reviewer(operator):
    with central_context():
        Operator.objects.create(
            username="thamdinh", full_name="Phạm Thị Thẩm Định", password=make_password(PASSWORD)
        )
    client = Client(HTTP_HOST="localhost")
    assert client.post("/sign-in/", {"username": "thamdinh", "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def draft(operator) -> None:
    answer = operator.post(f"/templates/{CODE}/draft/")
    assert answer["Location"] == f"{PATH}content/general/"


def page(client, path=PATH, status=200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def content() -> dict:
    return selectors.get_version_detail(CODE, 2).content


def filled(client, path) -> dict:
    """The fields of the form as a browser would send them back."""
    html = page(client, path).split('id="section"', 1)[1].split("</form>")[0]
    sent: dict = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checkbox" not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.S):
        sent[name] = [unescape(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


def act(client, slug, status=302, **typed):
    typed.setdefault("seen", selectors.get_version_detail(CODE, 2).content_sha256)
    answer = client.post(f"{PATH}act/{slug}/", typed)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_was_overtaken_in_a_section_keeps_what_was_typed(operator, reviewer, draft):
    """Seen failing without ``seen_sha256`` in ``update_draft``: the second save wrote over the first."""
    path = f"{PATH}content/general/"
    mine, theirs = filled(operator, path), filled(reviewer, path)
    field = next(name for name, value in mine.items() if value == [content()["name"]])
    assert reviewer.post(path, theirs | {field: ["Tên của người thứ hai"]}).status_code == 302
    answer = operator.post(path, mine | {field: ["Tên đang gõ"]})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Phạm Thị Thẩm Định vừa sửa bản nháp này" in shown
    assert "Tên đang gõ" in shown
    assert content()["name"] == "Tên của người thứ hai"


def test_saving_a_section_as_it_stands_changes_nothing(operator, draft):
    before = content()
    for section in ("general", "cases", "components", "fees", "basis", "results"):
        path = f"{PATH}content/{section}/"
        assert operator.post(path, filled(operator, path)).status_code == 302, section
    assert content() == before


def test_a_limit_is_changed_and_said_in_words(operator, draft):
    path = f"{PATH}content/cases/"
    sent = filled(operator, path) | {"0.limit.amount": "15"}
    assert operator.post(path, sent).status_code == 302
    assert content()["cases"][0]["limit"]["amount"] == 15
    assert "15 ngày làm việc" in page(operator)


def test_what_cannot_be_read_is_refused_beside_its_field_and_nothing_typed_is_lost(operator, draft):
    path = f"{PATH}content/cases/"
    before = content()
    answer = operator.post(path, filled(operator, path) | {"0.limit.amount": "muoi", "1.name": "Tên đang gõ"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="muoi"' in html
    assert "Tên đang gõ" in html
    assert "số nguyên" in html.split('id="e-0-limit-amount"')[1].split("</div>")[0]
    assert content() == before


def test_a_paper_is_added_changed_and_dropped(operator, draft):
    path = f"{PATH}content/components/"
    sent = filled(operator, path)
    count = int(sent["count"][0])
    answer = operator.post(path, sent | {"do": "add", "0.note": "Lời đang gõ"})
    assert answer.status_code == 200
    assert "Lời đang gõ" in answer.content.decode()
    cases = [case["code"] for case in content()["cases"]]
    new = {
        "count": str(count + 1), f"{count}.id": "", f"{count}.name": "Giấy ủy quyền", f"{count}.originals": "1",
        f"{count}.copies": "0", f"{count}.cases": cases[:1], "0.drop": "1", "1.originals": "2",
    }  # fmt: skip
    dropped = content()["components"][0]["key"]
    assert operator.post(path, sent | new).status_code == 302
    after = content()
    keys = [one["key"] for one in after["components"]]
    assert keys[-1] == "giay-uy-quyen"
    assert dropped not in keys
    assert not any(dropped in case["components"] for case in after["cases"])
    assert [case["code"] for case in after["cases"] if "giay-uy-quyen" in case["components"]] == cases[:1]
    assert after["components"][0]["originals"] == 2


def test_a_draft_that_somebody_else_has_saved_is_not_overwritten(operator, draft):
    path = f"{PATH}content/general/"
    sent = filled(operator, path)
    assert operator.post(path, sent | {"0.name": "Tên của người thứ nhất"}).status_code == 302
    answer = operator.post(path, sent | {"0.name": "Tên của người thứ hai"})
    assert answer.status_code == 422
    assert "Tên của người thứ hai" in answer.content.decode()
    assert content()["name"] == "Tên của người thứ nhất"


def test_only_corrections_of_words_may_flow(operator, draft):
    path = f"{PATH}content/components/"
    key = content()["components"][0]["key"]
    sent = filled(operator, path) | {"0.name": "Đơn đề nghị cấp giấy phép (mẫu mới)", "0.originals": "3"}
    operator.post(path, sent)
    html = page(operator)
    assert f'value="components/{key}/name"' in html
    assert f'value="components/{key}/originals"' not in html
    act(operator, "transition", flows=[f"components/{key}/name"], ground="Điều 9 Thông tư 1")
    assert content()["transition"]["flows"] == [f"components/{key}/name"]
    act(operator, "transition", flows=[f"components/{key}/originals"], ground="Điều 9")
    refused = act(operator, "submit", 422, changes="Đổi mẫu đơn")
    assert "không được áp dụng cho hồ sơ đang giải quyết" in refused
    act(operator, "transition", ground="")
    assert "transition" not in content()


def test_a_second_person_publishes(operator, reviewer, draft, now):
    path = f"{PATH}content/cases/"
    operator.post(path, filled(operator, path) | {"0.limit.amount": "15"})
    refused = act(operator, "submit", 422, changes=" ")
    assert "thay đổi điều gì" in refused
    act(operator, "submit", changes="Rút ngắn theo Nghị định mới")
    assert "không tự phê duyệt được" in page(operator)
    assert 'name="legal_basis"' not in page(operator)
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = {"effective_from": f"{tomorrow:%d/%m/%Y}", "legal_basis": BASIS, "rings": ["PILOT"]}
    assert "người thứ hai" in act(operator, "publish", 422, **asked)
    past = act(reviewer, "publish", 422, **asked | {"effective_from": "01/01/2026", "legal_basis": ""})
    for part in ("đã qua", "văn bản công bố", 'value="01/01/2026"'):
        assert part in past
    act(reviewer, "publish", 422, **asked, seen="0" * 64)
    assert not PublishLog.objects.filter(version__number=2, action="PUBLISH").exists()
    act(reviewer, "publish", **asked)
    found = selectors.get_version_detail(CODE, 2)
    assert (found.state, found.published_by) == ("PUBLISHED", "Phạm Thị Thẩm Định")
    template = page(operator, f"/templates/{CODE}/")
    assert "Tạo bản mới từ bản đang công bố" in template
    assert f"{tomorrow:%d/%m/%Y}" in template
    assert operator.get(f"{PATH}content/general/").status_code == 404


def test_it_goes_back_to_its_author_with_remarks(operator, reviewer, draft):
    act(operator, "submit", changes="Không đổi gì")
    assert operator.get(f"{PATH}content/general/").status_code == 404
    act(reviewer, "return", 422, remarks="")
    act(reviewer, "return", remarks="Nêu rõ điều khoản")
    assert "Nêu rõ điều khoản" in page(operator)
    assert selectors.get_version_detail(CODE, 2).is_draft


def test_the_pages_of_a_version_cost_the_same_with_more_changes(operator, draft):
    with central_context():
        one = len(statements_of(lambda: page(operator)))
    path = f"{PATH}content/components/"
    operator.post(path, filled(operator, path) | {f"{index}.originals": "5" for index in range(3)})
    with central_context():
        assert len(statements_of(lambda: page(operator))) == one


@pytest.mark.parametrize("path", [PATH, f"{PATH}content/general/"])
def test_only_operators_come_in(furnished, db, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302


def test_a_version_that_is_not_there_is_absent(operator):
    assert operator.get(f"/templates/{CODE}/9/").status_code == 404
    assert operator.get(f"{PATH}content/general/").status_code == 404
    assert operator.post(f"/templates/{CODE}/1/act/khac/").status_code == 404
    assert TemplateVersion.objects.filter(template__code=CODE).count() == 1
