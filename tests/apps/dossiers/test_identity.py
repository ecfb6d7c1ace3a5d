"""Numbers by which people and organisations are known."""

import pytest

from apps.dossiers.identity import clean_phone, is_identity_number, is_personal_number, is_tax_code


@pytest.mark.parametrize("number", ["052090001234", "001300123456", "096199999999"])
def test_is_personal_number_accepts_twelve_digits_of_a_known_area(number):
    assert is_personal_number(number)


@pytest.mark.parametrize(
    "number", ["", "05209000123", "0520900012345", "000090001234", "097090001234", "05209000123a"]
)
def test_is_personal_number_refuses_the_rest(number):
    assert not is_personal_number(number)


def test_is_identity_number_accepts_a_passport():
    assert is_identity_number("B1234567")
    assert not is_identity_number("b1234567")


@pytest.mark.parametrize("number", ["0100233488", "0314409058-002", "052090001234"])
def test_is_tax_code_accepts_company_branch_and_owner(number):
    assert is_tax_code(number)


def test_is_tax_code_refuses_a_wrong_check_digit():
    assert not is_tax_code("0100233480")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0905 123 456", "0905123456"),
        ("+84 905 123 456", "0905123456"),
        ("+1 650 253 0000", "+16502530000"),
        ("12", None),
        ("abc", None),
    ],
)
def test_clean_phone_keeps_one_form(typed, kept):
    assert clean_phone(typed) == kept
