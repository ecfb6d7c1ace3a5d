"""What people write into the forms of the procedures: one function a procedure, answers that fit the applicant."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from infra.seed.applicants import Person, make_address, make_person


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, where and when; ``copies`` is how many are asked for; ``firm`` is name, tax code, address."""

    chance: random.Random
    tenant: str
    commune: str
    today: date
    person: Person
    copies: int
    firm: tuple[str, str, str]

    def someone(self, *, sex: str = "", age: tuple[int, int] = (22, 65)) -> Person:
        return make_person(
            self.chance, tenant=self.tenant, commune=self.commune, today=self.today, sex=sex, age=age
        )

    def day_before(self, least: int, most: int) -> str:
        return (self.today - timedelta(days=self.chance.randint(least, most))).isoformat()

    def place(self) -> str:
        return make_address(self.chance, tenant=self.tenant, commune=self.commune)


def _ethnicity(who: Situation, person: Person) -> str:
    if "H’" in person.name or person.name.split()[0] in ("Ksor", "Siu", "Kpă", "Nay", "Rah", "Rơ"):
        return "Gia Rai"
    return who.chance.choice(("Kinh",) * 12 + ("Tày", "Mường", "Ba Na" if who.tenant == "H21" else "Nùng"))


def _parent(person: Person) -> dict[str, Any]:
    """As the block of a person in a form: the address ends with its commune and its province."""
    *detail, commune, province = person.address.split(", ")
    return {
        "name": person.name,
        "identity_number": person.identity_number,
        "birth_date": person.birth_date.isoformat(),
        "nationality": "Việt Nam",
        "residence": {
            "detail": ", ".join(detail),
            "commune_name": commune[:1].upper() + commune[1:],
            "province_name": province[:1].upper() + province[1:],
        },
        "source": "TYPED",
    }


def _birth(who: Situation) -> dict[str, Any]:
    other = who.someone(sex="m" if who.person.sex == "f" else "f", age=(20, 42))
    mother, father = (who.person, other) if who.person.sex == "f" else (other, who.person)
    child = who.someone(age=(0, 1))
    # A child has the father's family name; the rest is what was drawn.
    child_name = " ".join([father.name.split()[0], *child.name.split()[1:]])
    hospital = {"H21": "Bệnh viện Đa khoa tỉnh Gia Lai", "H26": "Bệnh viện Phụ sản Hà Nội"}
    return {
        "child_name": child_name,
        "child_sex": child.sex_word,
        "child_birth_date": who.day_before(4, 55),
        "child_birth_place": hospital.get(who.tenant, "Bệnh viện Phụ sản Trung ương"),
        "child_ethnicity": _ethnicity(who, father),
        "child_nationality": "Việt Nam",
        "child_hometown": father.address.split(", ", 1)[1],
        "mother": _parent(mother),
        "father": _parent(father),
        "parents_married": True,
        "requester_relation": "Mẹ" if who.person.sex == "f" else "Cha",
    }


def _marriage(who: Situation) -> dict[str, Any]:
    other = who.someone(sex="m" if who.person.sex == "f" else "f", age=(21, 40))
    pair = (who.person, other) if who.person.sex == "f" else (other, who.person)
    answers: dict[str, Any] = {}
    for side, person in zip(("bride", "groom"), pair, strict=True):
        answers |= {
            f"{side}_name": person.name,
            f"{side}_identity_number": person.identity_number,
            f"{side}_birth_date": person.birth_date.isoformat(),
            f"{side}_ethnicity": _ethnicity(who, person),
            f"{side}_nationality": "Việt Nam",
            f"{side}_residence": person.address,
            f"{side}_marriage_count": 1,
        }
    return answers


def _death(who: Situation) -> dict[str, Any]:
    dead = who.someone(age=(58, 96))
    return {
        "deceased_name": dead.name,
        "deceased_identity_number": dead.identity_number,
        "deceased_sex": dead.sex_word,
        "deceased_birth_date": dead.birth_date.isoformat(),
        "deceased_residence": dead.address,
        "death_date": who.day_before(1, 12),
        "death_place": who.chance.choice(("Tại nhà", "Bệnh viện", "Trạm y tế")),
        "death_cause": who.chance.choice(("Tuổi già", "Bệnh", "Bệnh tim")),
        "requester_relation": who.chance.choice(("Con", "Vợ", "Chồng", "Cháu")),
    }


def _single(who: Situation) -> dict[str, Any]:
    return {
        **_self(who.person, "person"),
        "person_residence": who.person.address,
        "marital_status": who.chance.choice(
            ("Chưa đăng ký kết hôn với ai", "Chưa đăng ký kết hôn với ai", "Đã ly hôn")
        ),
        "purpose": who.chance.choice(("Kết hôn", "Mua bán, chuyển nhượng tài sản", "Vay vốn")),
    }


def _self(person: Person, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}_name": person.name,
        f"{prefix}_identity_number": person.identity_number,
        f"{prefix}_birth_date": person.birth_date.isoformat(),
        f"{prefix}_sex": person.sex_word,
    }


def _household(who: Situation) -> dict[str, Any]:
    kind = who.chance.choice(("Tạp hóa", "Quán ăn", "Cà phê", "Sửa xe máy", "Vật liệu xây dựng", "May mặc"))
    return {
        "business_name": f"{kind} {who.person.name.split()[-1]}",
        "business_address": who.place(),
        "business_phone": who.person.phone,
        "business_lines": f"{kind}; bán lẻ hàng hóa khác",
        "capital": who.chance.randint(2, 60) * 10_000_000,
        "workers": who.chance.randint(1, 6),
        "founder": "Cá nhân",
        "owner_name": who.person.name,
        "owner_identity_number": who.person.identity_number,
    }


def _residence(who: Situation) -> dict[str, Any]:
    return {
        **_self(who.person, "person"),
        "person_phone": who.person.phone,
        "new_address": who.place(),
        "housing_right": who.chance.choice(("Thuộc sở hữu", "Thuê, mượn, ở nhờ", "Về ở với người thân")),
    }


def _stay(who: Situation) -> dict[str, Any]:
    until = who.today + timedelta(days=who.chance.choice((365, 730)))
    return {**_residence(who), "stay_from": who.day_before(0, 20), "stay_to": until.isoformat()}


def _permit(who: Situation) -> dict[str, Any]:
    area = who.chance.randint(80, 400)
    ground, floors = round(area * 0.7, 1), who.chance.randint(1, 5)
    return {
        "investor_name": who.person.name,
        "investor_address": who.person.address,
        "works_name": f"Nhà ở gia đình {who.person.name}",
        "works_class": "Nhà ở riêng lẻ",
        "site_address": who.place(),
        "land_plot": f"Thửa {who.chance.randint(1, 400)}, tờ bản đồ {who.chance.randint(1, 60)}",
        "land_area": area,
        "building_area": ground,
        "total_floor_area": round(ground * floors, 1),
        "floors": floors,
        "height": round(3.6 * floors + 1.2, 1),
        "designer": "Công ty TNHH Tư vấn thiết kế xây dựng An Phát",
    }


def _extract(who: Situation) -> dict[str, Any]:
    return {
        "extract_kind": who.chance.choice(("Giấy khai sinh", "Trích lục kết hôn", "Trích lục khai tử")),
        "person_name": who.person.name,
        "person_identity_number": who.person.identity_number,
        "registered_at": f"Ủy ban nhân dân {who.commune}",
        "copies": who.copies,
    }


def _certified(who: Situation) -> dict[str, Any]:
    return {
        "document_name": who.chance.choice(
            ("Bằng tốt nghiệp", "Căn cước", "Giấy chứng nhận quyền sử dụng đất", "Học bạ", "Giấy khai sinh")
        ),
        "pages": who.chance.randint(1, 6),
        "copies": who.copies,
    }


def _birth_linked(who: Situation) -> dict[str, Any]:
    birth = _birth(who)
    answers = {name: value for name, value in birth.items() if name.startswith("child_")}
    answers.pop("child_nationality")
    for parent in ("mother", "father"):
        answers |= {f"{parent}_{fact}": birth[parent][fact] for fact in ("name", "identity_number")}
    return {
        **answers,
        "residence_address": who.person.address,
        "head_name": who.person.name,
        "head_identity_number": who.person.identity_number,
        "relation_to_head": "Con",
        "clinic": f"Trạm y tế {who.commune}",
    }


def _labour_rules(who: Situation) -> dict[str, Any]:
    name, tax_code, address = who.firm
    return {
        "company_name": name,
        "tax_code": tax_code,
        "company_address": address,
        "employees": who.chance.randint(12, 420),
        "representative": who.person.name,
        "regulation_number": f"{who.chance.randint(1, 20):02d}/{who.today.year}/NQLĐ",
        "regulation_date": who.day_before(3, 40),
        "has_union": who.chance.random() < 0.7,
    }


ANSWERS: dict[str, Callable[[Situation], dict[str, Any]]] = {
    "1.001193": _birth,
    "1.000894": _marriage,
    "1.000656": _death,
    "1.004873": _single,
    "1.001612": _household,
    "1.004194": _stay,
    "1.004222": _residence,
    "1.013225": _permit,
    "2.000635": _extract,
    "2.000815": _certified,
    "2.000986": _birth_linked,
    "2.001955": _labour_rules,
}
