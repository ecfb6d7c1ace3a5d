"""The trail of the operators is read by people: every act has a word, and it says what kind of person did it."""

import re
from pathlib import Path

import pytest

from frontend.console.trail_words import ACTS, told
from tenants.registry.models import OperatorAct

HOUSE = Path(__file__).parents[3]
_RECORDED = re.compile(r"\b(?:record_act|_tell|_change)\(")
_ACTION = re.compile(r'"((?:announcement|flag|release|rollout|template|tenant|upgrade)\.[a-z_]+)"')


def _recorded() -> set[str]:
    """The actions in every file that records one. ``errors.py`` uses codes of the same look and records nothing."""
    found: set[str] = set()
    for folder in ("tenants", "apps", "platform/project", "frontend"):
        for file in (HOUSE / folder).rglob("*.py"):
            text = file.read_text()
            if _RECORDED.search(text) and "record_act" in text:
                found |= set(_ACTION.findall(text))
    return found


def test_every_act_that_is_recorded_has_a_word():
    recorded = _recorded()
    assert len(recorded) > 30
    assert recorded <= set(ACTS), sorted(recorded - set(ACTS))


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ({"operator_id": 7, "operator_name": "Nguyễn Vận Hành"}, ""),
        ({"operator_id": None, "operator_name": "root"}, "dòng lệnh"),
        ({"operator_id": None, "operator_name": "Hệ thống"}, ""),
        ({"operator_id": None, "operator_name": "Hồ Anh Dũng", "facts": {"by": "STAFF"}}, "cán bộ của H21"),
    ],
)
def test_told_says_what_kind_of_person_acted(act, kind):
    """Seen to fail: a province's own administrator stood there as somebody at the centre's command line."""
    facts = act.pop("facts", {})
    line = told(OperatorAct(action="upgrade.deferred", tenant_code="H21", facts=facts, **act))
    assert (line.title, line.by_hand_of) == ("Hoãn bản cập nhật", kind)
    assert line.facts == []


def test_told_writes_facts_as_words_and_not_as_a_program_does():
    facts = {
        "after": {"order": 5, "window": ["22:00", "04:00"]},
        "before": {"order": 100, "window": [None, None]},
        "state": "READ_ONLY",
        "changes": ["Thêm mã H11", "Thêm máy chủ"],
        "answers": False,
        "not_ready": [],
        "odd": 3,
    }
    line = told(OperatorAct(action="something.new", operator_id=1, operator_name="A", facts=facts))
    assert line.title == "something.new"
    assert line.facts == [
        ("tình trạng", "Chỉ xem"),
        ("thay đổi", "Thêm mã H11; Thêm máy chủ"),
        ("trả lời tại chỗ", "không"),
        ("odd", "3"),
        ("trước", "thứ tự 100, khung giờ –; –"),
        ("sau", "thứ tự 5, khung giờ 22:00; 04:00"),
    ]


def test_told_names_what_was_not_ready_as_the_list_does():
    facts = {"not_ready": ["backup", "lost"]}
    line = told(
        OperatorAct(action="tenant.opened_by_override", operator_id=1, operator_name="A", facts=facts)
    )
    assert line.facts == [("chưa đạt", "Bản sao lưu; lost")]
