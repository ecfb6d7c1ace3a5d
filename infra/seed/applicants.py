"""The people and firms that hand in: names, identity numbers, addresses and phones that hold together."""

# ruff: noqa: E501 - the lists read as tables

import random
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.vn import mst

from apps.dossiers.enums import PartyKind, PartyRole
from apps.dossiers.intake import PartyIn
from infra.seed.names import make_name
from kernel.vietnamese import fold

# Codes of the place of birth registration (TT 59/2021/TT-BCA, phụ lục I); most people were born near.
_AREAS = {"H21": ("052", "064", "064", "052", "066", "051"), "H26": ("001", "001", "001", "034", "036", "030"), "G15": ("001", "031", "038", "040", "048", "079")}  # fmt: skip
_PLACES = {"H21": "tỉnh Gia Lai", "H26": "thành phố Hà Nội", "G15": "thành phố Hà Nội"}
_STREETS = (
    "Hùng Vương",
    "Trần Hưng Đạo",
    "Lê Lợi",
    "Nguyễn Huệ",
    "Phan Đình Phùng",
    "Hai Bà Trưng",
    "Lý Thường Kiệt",
    "Quang Trung",
    "Trần Phú",
    "Nguyễn Tất Thành",
    "Phan Bội Châu",
    "Lê Duẩn",
    "Cách Mạng Tháng Tám",
    "Tăng Bạt Hổ",
)
_HAMLETS = (
    "thôn 1",
    "thôn 2",
    "thôn 3",
    "thôn Trung Tín",
    "thôn An Lộc",
    "thôn Phú Mỹ",
    "thôn Đại Bình",
    "thôn Hòa Sơn",
    "thôn Tân Lập",
    "thôn Mỹ Hòa",
)
_PREFIXES = (
    "090",
    "091",
    "093",
    "094",
    "096",
    "097",
    "098",
    "086",
    "088",
    "032",
    "033",
    "035",
    "036",
    "038",
    "070",
    "077",
    "079",
    "082",
    "083",
    "085",
)
_TRADES = (
    "Thương mại và Dịch vụ",
    "Xây dựng",
    "Sản xuất Gỗ",
    "Nông sản",
    "Vận tải",
    "Thủy sản",
    "May mặc",
    "Cà phê",
    "Cơ khí",
    "Du lịch",
)
_FIRMS = (
    "An Phát",
    "Đại Thành",
    "Hoàng Gia",
    "Minh Long",
    "Tây Nguyên Xanh",
    "Bình Minh",
    "Phú Thịnh",
    "Trường Sơn",
    "Việt Hưng",
    "Thành Đạt",
)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str  # "f" or "m"
    birth_date: date
    identity_number: str
    phone: str
    address: str

    @property
    def sex_word(self) -> str:
        return "Nữ" if self.sex == "f" else "Nam"


def make_person(
    chance: random.Random,
    *,
    tenant: str,
    commune: str,
    today: date,
    sex: str = "",
    age: tuple[int, int] = (19, 70),
) -> Person:
    """``commune``: as in ``phường Pleiku``. ``age``: between these, in years."""
    sex = sex or chance.choice("fm")
    born = today - timedelta(days=chance.randint(age[0] * 366, age[1] * 365))
    century_and_sex = (0 if born.year < 2000 else 2) + (1 if sex == "f" else 0)
    number = f"{chance.choice(_AREAS[tenant])}{century_and_sex}{born:%y}{chance.randrange(10**6):06d}"
    return Person(
        name=make_name(chance, sex, highland=tenant == "H21"),
        sex=sex,
        birth_date=born,
        identity_number=number,
        phone=f"{chance.choice(_PREFIXES)}{chance.randrange(10**7):07d}",
        address=make_address(chance, tenant=tenant, commune=commune),
    )


def make_address(chance: random.Random, *, tenant: str, commune: str) -> str:
    if commune.startswith("xã"):
        return f"{chance.choice(_HAMLETS).capitalize()}, {commune}, {_PLACES[tenant]}"
    return f"Số {chance.randint(1, 480)} đường {chance.choice(_STREETS)}, {commune}, {_PLACES[tenant]}"


def make_firm(chance: random.Random, *, tenant: str, commune: str) -> tuple[str, str, str]:
    """Name, tax code with its check digit, address."""
    name = f"Công ty TNHH {chance.choice(_TRADES)} {chance.choice(_FIRMS)}"
    root = f"{chance.choice(('41', '59') if tenant == 'H21' else ('01',))}0{chance.randrange(10**6):06d}"
    # One root in eleven has no check digit: the next one has.
    while len(mst.calc_check_digit(root)) != 1:
        root = f"{int(root) + 1:09d}"
    return name, root + mst.calc_check_digit(root), make_address(chance, tenant=tenant, commune=commune)


def as_party(person: Person, role: PartyRole, *, with_email: bool) -> PartyIn:
    return PartyIn(
        role=role,
        name=person.name,
        identity_number=person.identity_number,
        birth_date=person.birth_date,
        phone=person.phone if role == PartyRole.SUBMITTER else "",
        email=_email(person) if with_email and role == PartyRole.SUBMITTER else "",
        address=person.address,
    )


def as_firm(firm: tuple[str, str, str]) -> PartyIn:
    name, tax_code, address = firm
    return PartyIn(
        role=PartyRole.OWNER, kind=PartyKind.BUSINESS, name=name, identity_number=tax_code, address=address
    )


def _email(person: Person) -> str:
    """In the domain that is kept for examples: nobody ever gets a letter of the demo."""
    *before, given = fold(person.name).replace("’", "").split()
    return f"{given}.{''.join(word[0] for word in before)}{person.birth_date:%y}@example.vn"
