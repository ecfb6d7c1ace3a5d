"""Vietnamese text as keys."""

from hypothesis import given
from hypothesis import strategies as st

from kernel.vietnamese import clean, fold, sort_key


def test_fold_leaves_no_mark():
    assert fold("  Đặng  Thị Ơn, ĐƯỜNG Nguyễn Huệ ") == "dang thi on, duong nguyen hue"


def test_clean_composes_and_trims():
    assert clean(" Nguye\u0302\u0303n \u00a0Văn\tA ") == "Nguyễn Văn A"


def test_sort_key_orders_as_a_vietnamese_dictionary():
    words = [
        "an",
        "ăn",
        "ấn",
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "ca",
        "đa",
        "da",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    expected = [
        "an",
        "ăn",
        "ấn",
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "ca",
        "da",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    assert sorted(words, key=sort_key) == expected


def test_sort_key_compares_word_by_word():
    assert sorted(["Lê Anh", "Lê An", "Lế An", "Lê"], key=sort_key) == ["Lê", "Lê An", "Lê Anh", "Lế An"]


@given(st.text(max_size=60))
def test_fold_is_stable(text):
    assert fold(fold(text)) == fold(text)
