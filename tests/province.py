"""A small province as files, to be brought to life by an onboarding."""

from pathlib import Path

from django.conf import settings

from kernel.actors import Actor, ActorKind

EXAMPLES = Path(settings.ROOT) / "docs" / "examples"
OPERATOR = Actor(kind=ActorKind.OPERATOR, id=7, name="Nguyễn Vận Hành")

SMALL = """\
code = "H36"
name = "Tỉnh Thử"
kind = "PROVINCE"
hosts = ["thu.localhost"]
since = 2025-07-01
units_csv = "units.csv"
staff_csv = "staff.csv"

[[administrators]]
username = "quantri"
full_name = "Nguyễn Quản Trị"

[templates]
adopt = ["1.001193"]
"""
UNITS = """\
code,name,kind,parent,receives
H36,Ủy ban nhân dân tỉnh Thử,PROVINCE,,
H36.101,Ủy ban nhân dân phường Một,COMMUNE,H36,
H36.101.01,Trung tâm phường Một,CENTRE,H36.101,x
"""
STAFF = """\
username,full_name,unit,duties
tiepnhan,Trần Thị Tiếp Nhận,H36.101.01,RECEPTION RETURN_CLERK
lanhdao,Lê Văn Lãnh Đạo,H36.101,SIGNATORY SPECIALIST DIVISION_HEAD REGISTRY_CLERK CASHIER
"""


def files() -> dict[str, str]:
    return {"tinh.toml": SMALL, "units.csv": UNITS, "staff.csv": STAFF}
