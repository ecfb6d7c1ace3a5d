"""Amounts, written the Vietnamese way."""

import pytest

from kernel.money import format_vnd, vnd_in_words


def test_format_vnd_groups_by_points():
    assert format_vnd(1250000) == "1.250.000 đ"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (8000, "tám nghìn đồng"),
        (15000, "mười lăm nghìn đồng"),
        (21500, "hai mươi mốt nghìn năm trăm đồng"),
        (100005, "một trăm nghìn không trăm linh năm đồng"),
        (1000000, "một triệu đồng"),
        (1234567890, "một tỷ hai trăm ba mươi bốn triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi đồng"),
        (105000, "một trăm linh năm nghìn đồng"),
        (24000, "hai mươi bốn nghìn đồng"),
    ],
)
def test_vnd_in_words(amount, words):
    assert vnd_in_words(amount) == words


def test_vnd_in_words_refuses_what_it_cannot_say():
    with pytest.raises(ValueError, match="out of range"):
        vnd_in_words(-1)
