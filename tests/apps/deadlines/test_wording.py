"""The explanation in sentences, and where a calendar starts from."""

from datetime import date

from apps.deadlines.arithmetic import Extension, Pause, reckon
from apps.deadlines.enums import LimitUnit
from apps.deadlines.explanation import LineKind
from apps.deadlines.seeding import read_national_day, seed_national_days
from apps.deadlines.wording import SAY, say_minutes, sentences
from tests.apps.deadlines.calendars import local, national_calendar, rule

CALENDAR = national_calendar(d2026_11_26=("OFF", "Mất điện"))


def test_sentences_tell_the_whole_story_in_vietnamese() -> None:
    due = reckon(
        rule(3, "WORKING_DAY"),
        CALENDAR,
        local(2026, 11, 25, 9, 5),
        [
            Pause(local(2026, 11, 27, 8), local(2026, 11, 30, 9), "SUPPLEMENT", "Phiếu 02"),
            Pause(local(2026, 12, 2, 9), None, "PAYMENT", "Thông báo thuế"),
        ],
        [Extension(local(2026, 12, 1, 9), "VB xin lỗi số 12", "Trần Thị B", 2, LimitUnit.WORKING_DAY)],
    )
    assert [str(sentence) for sentence in sentences(due.explanation)] == [
        "Thời hạn giải quyết: 3 ngày làm việc (Điều 1).",
        "Tiếp nhận lúc 09:05 thứ Tư 25/11/2026; tính từ ngày tiếp theo, thứ Sáu 27/11/2026.",
        "Không tính thứ Năm 26/11/2026: đơn vị nghỉ, Mất điện (QĐ 1).",
        "Không tính thứ Bảy 28/11/2026 đến Chủ nhật 29/11/2026: ngày nghỉ hằng tuần.",
        "Không tính thứ Bảy 05/12/2026 đến Chủ nhật 06/12/2026: ngày nghỉ hằng tuần.",
        "Tạm dừng từ 08:00 thứ Sáu 27/11/2026 đến 09:00 thứ Hai 30/11/2026, chờ bổ sung giấy tờ; "
        "trả lại 8 giờ 30 phút làm việc (Phiếu 02).",
        "Gia hạn thêm 2 ngày làm việc theo quyết định của Trần Thị B; "
        "hạn mới 17:00 thứ Hai 07/12/2026 (VB xin lỗi số 12).",
        "Tạm dừng từ 09:00 thứ Tư 02/12/2026, chờ thực hiện nghĩa vụ tài chính; "
        "thời gian chờ sẽ không tính vào thời hạn (Thông báo thuế).",
        "Hạn trả kết quả: 17:00 thứ Hai 07/12/2026.",
    ]


def test_sentences_tell_of_a_make_up_day_and_of_a_last_day_that_moved() -> None:
    worked = [
        str(s) for s in sentences(reckon(rule(3, "WORKING_DAY"), CALENDAR, local(2026, 1, 7, 9)).explanation)
    ]
    moved = [str(s) for s in sentences(reckon(rule(20, "DAY"), CALENDAR, local(2026, 4, 10, 9)).explanation)]
    assert worked[2].startswith("Có tính thứ Bảy 10/01/2026: Làm bù cho ngày 02/01/2026 (")
    assert (
        "Ngày cuối của thời hạn là thứ Năm 30/04/2026, ngày nghỉ; chuyển sang thứ Hai 04/05/2026" in moved[-2]
    )


def test_every_kind_of_line_has_words() -> None:
    assert set(SAY) == set(LineKind)


def test_sentences_pass_over_a_kind_of_a_later_release() -> None:
    assert sentences([{"kind": "SOMETHING_NEW"}]) == []


def test_say_minutes() -> None:
    assert [say_minutes(n) for n in (45, 60, 450)] == ["45 phút", "1 giờ", "7 giờ 30 phút"]


def test_seed_national_days_is_corrected_by_decree_and_named_in_vietnamese() -> None:
    days = {day.date: day for day in seed_national_days(range(2025, 2028))}
    assert (days[date(2026, 1, 2)].kind, days[date(2026, 1, 2)].source) == ("OFF", "DECREE")
    assert (days[date(2026, 1, 10)].kind, days[date(2026, 1, 10)].source) == ("WORK", "DECREE")
    assert days[date(2026, 8, 22)].kind == "WORK"  # make-up for 31/8/2026
    assert days[date(2026, 2, 17)].name == "Tết Nguyên Đán"
    assert {day.year for day in days} == {2025, 2026, 2027}


def test_seed_national_days_travels_as_json() -> None:
    days = seed_national_days([2026])
    assert [read_national_day(day.as_json()) for day in days] == days
