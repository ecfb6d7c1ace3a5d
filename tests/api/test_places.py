"""Codes of places in the answers: looked up as the rooms' picker offers them, what is wrong told by pointer."""

import io
from datetime import timedelta

import pytest

from apps.catalogue import services
from apps.organisations.selectors import get_unit_by_code, list_units
from apps.organisations.services import close_unit
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tests.api.conftest import BODY

LIST = """code,name,parent,valid_from,valid_to,successor
52,Tỉnh Gia Lai,,,,
01,Thành phố Hà Nội,,,,
77,Tỉnh Bình Định,,,2025-06-30,52
23575,Phường Pleiku,52,,,
00004,Phường Ba Đình,01,,,
21553,Phường Cũ,52,,2025-06-30,21560
21560,Phường Giữa,52,,2025-12-31,23575
21570,Xã Không Ai Thay,52,,2025-06-30,
"""


def import_list(now, whole=True):
    with central_context():
        services.import_codes(
            stream=io.BytesIO(LIST.encode()), key="units", file_name="units.csv", whole=whole, by=SYSTEM, now=now,
            owner="Tổng cục Thống kê", accept_all=True,
        )  # fmt: skip


def place(province, commune, **more) -> dict:
    return {
        "province_code": province,
        "province_name": "A",
        "commune_code": commune,
        "commune_name": "B",
        **more,
    }


def create(program, home, mother=None):
    answers = {**BODY["answers"], "residence_after": home}
    if mother:
        answers["mother"] = {"name": "Lê Thị Hoa", "residence": mother}
    return program.create(answers=answers)


def told_of(program, refused, code, home, mother=None) -> list[tuple[str, str, str]]:
    told = refused(lambda: create(program, home, mother), 422, code)
    return [(row["code"], row["pointer"], row["detail"]) for row in told.errors]


def test_create_takes_codes_that_are_in_the_list(program, now):
    import_list(now)
    assert create(program, place("52", "23575"), place("01", "00004")).status_code == 201


def test_create_names_who_stands_for_a_closed_unit(program, refused, now):
    import_list(now)
    found = told_of(program, refused, "dossier.place_closed", place("77", "21553"), place("52", "21570"))
    assert found == [
        (
            "dossier.place_closed",
            "/answers/residence_after/province_code",
            "Mục “Nơi trẻ sẽ cư trú”: Tỉnh Bình Định đã thôi là đơn vị hành chính; đơn vị thay thế: Tỉnh Gia Lai (52).",
        ),
        (
            "dossier.place_closed",
            "/answers/residence_after/commune_code",
            "Mục “Nơi trẻ sẽ cư trú”: Phường Cũ đã thôi là đơn vị hành chính; đơn vị thay thế: Phường Pleiku (23575).",
        ),
        (
            "dossier.place_closed",
            "/answers/mother/residence/commune_code",
            "Mục “Người mẹ: Nơi cư trú”: Xã Không Ai Thay đã thôi là đơn vị hành chính; danh mục không ghi đơn vị thay thế.",
        ),
    ]


def test_create_refuses_an_unknown_code_and_a_commune_of_another_province(program, refused, now):
    import_list(now)
    found = told_of(program, refused, "dossier.place_unknown", place("99", "23575"), place("52", "00004"))
    assert [one[:2] for one in found] == [
        ("dossier.place_unknown", "/answers/residence_after/province_code"),
        ("dossier.place_elsewhere", "/answers/residence_after/commune_code"),
        ("dossier.place_elsewhere", "/answers/mother/residence/commune_code"),
    ]


def test_create_with_a_list_that_is_not_whole_lets_an_unknown_code_pass(program, now):
    import_list(now, whole=False)
    assert create(program, place("99", "12345")).status_code == 201


def test_create_without_a_national_list_knows_the_own_communes(program, refused, gia_lai, now):
    assert create(program, place("H21", "H21.101")).status_code == 201
    assert (
        create(program, place("01", "00004")).status_code == 201
    )  # of another province: nobody here can tell
    found = told_of(program, refused, "dossier.place_unknown", place("H21", "H21.999"))
    assert [one[:2] for one in found] == [("dossier.place_unknown", "/answers/residence_after/commune_code")]


def test_create_names_the_heir_of_an_own_commune_that_has_closed(program, refused, gia_lai, now):
    with tenant_context(gia_lai):
        heir = get_unit_by_code("H21.101", on=now.date())
        for unit in reversed(list_units(on=now.date())):
            if unit.code.startswith("H21.102"):
                last = now.date() - timedelta(days=1)
                close_unit(unit_id=unit.id, last_day=last, successor_id=heir.id, by=SYSTEM, now=now)
    found = told_of(program, refused, "dossier.place_closed", place("H21", "H21.102"))
    assert [one[:2] for one in found] == [("dossier.place_closed", "/answers/residence_after/commune_code")]
    assert f"đơn vị thay thế: {heir.name} (H21.101)" in found[0][2]


@pytest.mark.parametrize("odd", [{"province_code": 5}, {"province_code": "52" * 30}, "52", []])
def test_create_refuses_what_is_no_code_by_the_schema(program, refused, now, odd):
    import_list(now)
    home = {**place("52", "23575"), **odd} if isinstance(odd, dict) else odd
    told = refused(lambda: create(program, home), 422, "dossier.form_invalid")
    assert told.errors[0]["pointer"].startswith("/answers/residence_after")
