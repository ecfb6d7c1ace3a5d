"""How values are written for people."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from frontend import filters


def test_date_vi_writes_the_moment_in_viet_nam_with_its_weekday():
    assert filters.date_vi(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == "thứ Hai, 23/11/2026, 16:30"


def test_date_vi_reads_the_text_of_an_explanation():
    assert filters.date_vi("2026-11-22T23:30:00+07:00") == "Chủ nhật, 22/11/2026, 23:30"
    assert filters.date_vi("2026-11-23") == "thứ Hai, 23/11/2026"


def test_date_vi_of_nothing_is_nothing():
    assert filters.date_vi(None) == ""


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (960, "còn 2 ngày làm việc"),
        (479, "còn 7 giờ làm việc"),
        (59, "còn 59 phút làm việc"),
        (0, "còn 1 phút làm việc"),
        (-1, "vừa quá hạn"),
        (-180, "quá hạn 3 giờ làm việc"),
        (-481, "quá hạn 1 ngày làm việc"),
    ],
)
def test_distance_counts_in_the_largest_whole_unit(minutes, words):
    assert filters.distance(minutes) == words


def test_distance_goes_by_the_units_own_day():
    assert filters.distance(900, 450) == "còn 2 ngày làm việc"


def test_vnd_writes_dots_between_thousands():
    assert filters.vnd(1250000) == "1.250.000 đ"


def test_lines_breaks_lines_and_escapes_everything_else():
    assert str(filters.lines("<b>\r\nmột")) == "&lt;b&gt;<br>\nmột"


def test_day_of_a_moment_is_the_day_in_viet_nam():
    assert filters.day(datetime(2026, 11, 23, 20, 0, tzinfo=UTC)) == "24/11/2026"
    assert filters.day(date(1990, 3, 2)) == "02/03/1990"


def test_weekday_is_vietnamese_while_english_is_not_compiled():
    with translation.override("vi"):
        assert filters.date_vi(date(2026, 11, 24)).startswith("thứ Ba")


def test_prose_makes_paragraphs_and_lists_and_never_markup():
    assert (
        filters.prose("Một.\n\n- hai\n- <b>ba</b>\n")
        == "<p>Một.</p>\n<ul><li>hai</li><li>&lt;b&gt;ba&lt;/b&gt;</li></ul>"
    )
    assert filters.prose(None) == ""
