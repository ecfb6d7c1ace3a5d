"""Every cell of the table: before known or not, after below, at, above the limit or unknown, judged or not."""

import pytest

from tenants.releases.enums import Verdict
from tenants.releases.judging import judge, sentence, written


def _twice(before):
    return 2.0 if before is None else 2 * before


def _never(before):
    return None


@pytest.mark.parametrize(
    ("before", "after", "limit", "bound", "verdict"),
    [
        (5.0, 9.9, _twice, 10.0, Verdict.GOOD),
        (5.0, 10.0, _twice, 10.0, Verdict.GOOD),
        (5.0, 10.1, _twice, 10.0, Verdict.BAD),
        (5.0, None, _twice, 10.0, Verdict.UNKNOWN),
        (0.0, 0.0, _twice, 0.0, Verdict.GOOD),
        (0.0, 1.0, _twice, 0.0, Verdict.BAD),
        (None, 1.9, _twice, 2.0, Verdict.GOOD),
        (None, 2.0, _twice, 2.0, Verdict.GOOD),
        (None, 2.1, _twice, 2.0, Verdict.BAD),
        (None, None, _twice, 2.0, Verdict.UNKNOWN),
        (5.0, 1000.0, _never, None, Verdict.UNKNOWN),
        (5.0, None, _never, None, Verdict.UNKNOWN),
        (None, 1000.0, _never, None, Verdict.UNKNOWN),
        (None, None, _never, None, Verdict.UNKNOWN),
    ],
)
def test_judge_every_cell(before, after, limit, bound, verdict):
    assert judge(before=before, after=after, limit=limit) == (bound, verdict)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "%", "không có số liệu"),
        (0.0, "%", "0 %"),
        (1.44, "%", "1,4 %"),
        (12345.6, "ms", "12.345,6 ms"),
        (3.0, "", "3"),
    ],
)
def test_written_writes_numbers_as_here(value, unit, said):
    assert written(value, unit) == said


def test_sentence_names_what_is_compared():
    said = sentence(title="Tỉ lệ lỗi", unit="%", before=0.4, after=7.9, limit=1.4, note="38 lượt.")
    assert said == "Tỉ lệ lỗi: trước 0,4 %, sau 7,9 %, giới hạn 1,4 %. 38 lượt."
