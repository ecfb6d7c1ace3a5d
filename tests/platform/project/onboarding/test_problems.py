"""A file with every problem at once: all are told, each by file and line, and nothing is created."""

import pytest
from django.db import connection

from tenants.provisioning.onboarding.errors import OnboardingRefused
from tenants.registry.context import central_context
from tenants.registry.models import Domain, OperatorAct, Tenant, TenantAlias
from tests.province import files

BAD = """\
code = "H36"
name = "Tỉnh Thử"
kind = "DISTRICT"
ring = "FIRST"
hosts = [
  "thu.localhost",
  "gialai.localhost",
  "có dấu",
]
since = "hôm qua"
units_csv = "units.csv"
staff_csv = "staff.csv"
colour = "red"

[[aliases]]
code = "H21"
ground = "x"

[[administrators]]
username = "Q"
full_name = ""
email = "khong-phai-thu"
unit = "H36.404"

[[administrators]]
username = "quantri"
full_name = "Quản Trị"
duties = ["KING", "SUPERVISOR@H36.404"]

[working_hours]
monday = [["07:30", "06:30"]]

[templates]
adopt = ["1.001193", "9.999999"]

[[templates.overrides]]
procedure = "1.001193"
slot = "limit"
case = "1.001193.01"
amount = 900
ground = "x"

[[templates.overrides]]
procedure = "1.013225"
slot = "fee"

[storage]
place = "moon"

[integrations]
enabled = true
"""
BAD_UNITS = """\
code,name,kind,parent,receives
H36,Ủy ban nhân dân tỉnh Thử,PROVINCE,,
H36.01,Sở Một,DEPARTMENT,H36,
H36.01,Sở Một nữa,DEPARTMENT,H36,
H36.02,Phòng mồ côi,DIVISION,H36.99,
H36.03,Vòng A,DIVISION,H36.04,
H36.04,Vòng B,DIVISION,H36.03,
36,Mã sai,VILLAGE,H36,
H36.05,,DIVISION,H36,có lẽ
H36.06,Thiếu ô,DIVISION
H36.07,Gốc thứ hai,PROVINCE,,
"""
BAD_STAFF = """\
username,full_name,unit,duties
an.nv,Nguyễn Văn An,H36.01,RECEPTION
an.nv,Nguyễn Văn An Hai,H36.01,RECEPTION
binh.tt,Trần Thị Bình,H36.77,FLYING
"""
EXPECTED = [
    ("staff.csv", 2, None),
    ("staff.csv", 3, "hai lần"),
    ("staff.csv", 4, "H36.77"),
    ("staff.csv", 4, "FLYING"),
    ("tinh.toml", 3, "DISTRICT"),
    ("tinh.toml", 4, "FIRST"),
    ("tinh.toml", 7, "Tỉnh Gia Lai"),
    ("tinh.toml", 8, "có dấu"),
    ("tinh.toml", 10, "since"),
    ("tinh.toml", 13, "colour"),
    ("tinh.toml", 16, "H21"),
    ("tinh.toml", 20, "3 đến 60"),
    ("tinh.toml", 21, "full_name"),
    ("tinh.toml", 22, "thư điện tử"),
    ("tinh.toml", 23, "H36.404"),
    ("tinh.toml", 28, "KING"),
    ("tinh.toml", 28, "SUPERVISOR"),
    ("tinh.toml", 31, "Giờ làm việc"),
    ("tinh.toml", 34, "9.999999"),
    ("tinh.toml", 36, "chỉ được rút ngắn"),
    ("tinh.toml", 44, "1.013225"),
    ("tinh.toml", 48, "moon"),
    ("tinh.toml", 51, "bật"),
    ("units.csv", 3, "hai lần"),
    ("units.csv", 4, "hai lần"),
    ("units.csv", 5, "H36.99"),
    ("units.csv", 6, "vòng tròn"),
    ("units.csv", 7, "vòng tròn"),
    ("units.csv", 8, "không đúng dạng"),
    ("units.csv", 8, "VILLAGE"),
    ("units.csv", 9, "name"),
    ("units.csv", 9, "có hoặc không"),
    ("units.csv", 10, "3 ô, phải là 5"),
    ("units.csv", 11, "một gốc"),
]


def _centre():
    with central_context(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace"
            " UNION SELECT rolname FROM pg_roles WHERE rolname LIKE current_database() || '%' ORDER BY 1"
        )
        counts = [model.objects.count() for model in (Tenant, Domain, TenantAlias, OperatorAct)]
        return [*cursor.fetchall(), *counts]


def _problems(read, texts):
    before = _centre()
    with pytest.raises(OnboardingRefused) as refused:
        read(texts)
    assert _centre() == before
    return refused.value.problems


def test_every_problem_is_told_by_its_line_and_nothing_is_created(read):
    """Take one check out of project.onboarding and its line is missing here."""
    found = _problems(read, {"tinh.toml": BAD, "units.csv": BAD_UNITS, "staff.csv": BAD_STAFF})

    for file, line, says in EXPECTED:
        there = [one.sentence for one in found if (one.file, one.line) == (file, line)]
        if says is None:
            assert not there, there
        else:
            assert any(says in sentence for sentence in there), (file, line, says, there)
    expected_lines = {(file, line) for file, line, says in EXPECTED if says}
    assert {(one.file, one.line) for one in found} == expected_lines
    assert list(found) == sorted(found)


def test_a_file_that_is_no_toml_is_told_by_its_line(read):
    (problem,) = _problems(read, files() | {"tinh.toml": 'code = "H36"\nname = "x\nkind = "PROVINCE"\n'})
    assert (problem.file, problem.line) == ("tinh.toml", 2)


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("units.csv", "code,name\nH36,Tỉnh\n", 1, "thiếu cột “kind”"),
        ("units.csv", "code,name,kind,parent,size\n", 1, "không có cột nào tên “size”"),
        ("units.csv", 'code,name,kind,parent\nH36,"dở dang,PROVINCE,\n', 2, "không đọc được"),
        ("units.csv", None, 6, "không thấy tệp units.csv"),
    ],
)
def test_a_csv_that_cannot_be_read_is_told_once_by_its_line(read, name, text, line, says):
    """And nobody is told that the units of which it would have told are missing."""
    texts = files() | ({name: text} if text is not None else {})
    if text is None:
        del texts[name]
    found = _problems(read, texts)
    assert any(says in one.sentence for one in found), found
    assert {one.line for one in found} == {line}


def test_a_quoted_cell_over_two_lines_keeps_the_count(read):
    units = files()["units.csv"] + '"H36.05","Tên\ndài",DIVISION,H36,\nH36.06,Mồ côi,DIVISION,H36.98,\n'
    (problem,) = _problems(read, files() | {"units.csv": units})
    assert (problem.file, problem.line) == ("units.csv", 7)


def test_a_path_is_no_file_beside(read):
    texts = files()
    texts["tinh.toml"] = texts["tinh.toml"].replace('"units.csv"', '"../../etc/passwd"')
    assert any("đặt cạnh" in one.sentence for one in _problems(read, texts))


def test_the_code_of_another_house_is_refused(read):
    """A file for a new province with a code that is taken furnishes nobody else's house."""
    texts = files()
    texts["tinh.toml"] = texts["tinh.toml"].replace('"H36"', '"H21"')
    found = _problems(read, texts)
    assert any((one.line, "Tỉnh Gia Lai" in one.sentence) == (1, True) for one in found)
