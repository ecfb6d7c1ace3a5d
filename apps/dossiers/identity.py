"""Numbers by which people and organisations are known. Pure."""

import re

import phonenumbers
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.vn import mst

_PASSPORT = re.compile(r"[A-Z][A-Z0-9]{5,11}")
_PERSONAL = re.compile(r"(\d{3})(\d)(\d{2})\d{6}")
_LAST_AREA = 96  # codes of provinces in a personal number run from 001 to 096 (TT 59/2021/TT-BCA, phụ lục I)


def clean_identity_number(value: str) -> str:
    return re.sub(r"[\s.\-]", "", value).upper()


def is_personal_number(value: str) -> bool:
    """Twelve digits: area, century and sex, year of birth, serial (NĐ 137/2015/NĐ-CP, Điều 13)."""
    found = _PERSONAL.fullmatch(value)
    return found is not None and 1 <= int(found[1]) <= _LAST_AREA


def is_identity_number(value: str) -> bool:
    """A personal number, or the number of a passport."""
    return is_personal_number(value) or bool(_PASSPORT.fullmatch(value))


def is_tax_code(value: str) -> bool:
    """Ten digits, or thirteen for a branch, with their check digit; or the owner's personal number."""
    try:
        mst.validate(value)
    except NotANumber:
        return is_personal_number(value)
    return True


def clean_phone(value: str) -> str | None:
    """National form with digits only (``0905123456``); None if it is no Vietnamese or foreign number."""
    try:
        number = phonenumbers.parse(value, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code != 84:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "0" + str(number.national_number)
