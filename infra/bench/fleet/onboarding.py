"""A province of ordinary size from a file to a green list: the commands that an operator types, one after the other."""

import csv
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.catalogue.national_files import read_national
from apps.catalogue.services import EVERY_RING, publish_shipped
from infra.bench.fleet.commands import manage
from infra.bench.fleet.figures import Figure
from infra.bench.fleet.fleet import Fleet
from infra.bench.fleet.furnishing import furnish_centre
from infra.bench.fleet.settings import HOME, TEMPLATES
from infra.bench.progress import step
from infra.seed.calendar import seed_national_calendar
from infra.seed.organisations import FIRST_DAY
from kernel.actors import SYSTEM
from tenants.registry.context import central_context

_CODE = "H98"
_COMMUNES, _DEPARTMENTS = 25, 9  # with their divisions and centres: 120 units
_STAFFED = 13  # communes with people of their own; the others are served from the province
_CHOOSES = "2.001955"  # a department decides it: an override names the unit
_WHOLE = (
    "RECEPTION", "CASHIER", "RETURN_CLERK", "SUPPORT", "SPECIALIST", "DIVISION_HEAD", "SIGNATORY", "REGISTRY_CLERK",
)  # fmt: skip
_TOML = """code = "{code}"
name = "Tỉnh Đo"
kind = "PROVINCE"
ring = "GENERAL"
hosts = ["tinhdo.localhost"]
since = {since}
units_csv = "units.csv"
staff_csv = "staff.csv"

[[administrators]]
username = "quantri"
full_name = "Nguyễn Thị Minh Hạnh"
email = "quantri@tinhdo.example.vn"

[templates]
adopt = "all"

{overrides}
[integrations]
enabled = false
"""
_OVERRIDE = """[[templates.overrides]]
procedure = "{procedure}"
slot = "units"
role = "{role}"
rule = "CHOSEN_UNIT"
unit = "{unit}"
ground = "Quyết định phân công nhiệm vụ (dữ liệu đo)"
"""


def measure_onboarding(fleet: Fleet) -> list[Figure]:
    fill_centre()
    file = _write_files()
    around = fleet.newest
    archive = HOME / "h98.motcua"
    with step("tenant onboard --export --ready của một tỉnh 120 đơn vị, 60 cán bộ, 30 thủ tục"):
        # Ends with 1 where one line is not green.
        green = manage("tenant", "onboard", str(file), "--export", str(archive), "--ready", around=around)
        again = manage("tenant", "onboard", str(file), around=around)
    return [
        Figure(
            "onboard_green",
            "tenant onboard: 120 đơn vị, 60 cán bộ, 30 thủ tục, sao lưu, tới danh sách xanh",
            green,
            at_most=6,
        ),
        Figure("onboard_again", "  chạy lại, không có gì khác", again),
    ]


def fill_centre() -> None:
    """The twelve national templates, and copies under other codes until there are thirty; the national calendar."""
    furnish_centre()
    now = timezone.now()
    seed_national_calendar(now=now)
    originals = [file for file in read_national() if file.code != _CHOOSES]
    with central_context():
        for number in range(TEMPLATES - len(originals) - 1):
            original = originals[number % len(originals)]
            code = f"9.{number + 1:06d}"
            publish_shipped(
                code=code, content=_renamed(original.content, original.code, code), by=SYSTEM, now=now,
                effective_from=original.effective_from, legal_basis=original.decision, rings=EVERY_RING,
            )  # fmt: skip


def _renamed(content: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    renamed: dict[str, Any] = json.loads(json.dumps(content, ensure_ascii=False).replace(old, new))
    return renamed


def _write_files() -> Path:
    folder = HOME / "onboarding"
    folder.mkdir(exist_ok=True)
    units, staff = _units(), _staff()
    if (len(units), len(staff)) != (120, 60):
        raise RuntimeError(f"the province has {len(units)} units and {len(staff)} people")
    _write(folder / "units.csv", ("code", "name", "kind", "parent", "receives", "address"), units)
    _write(folder / "staff.csv", ("username", "full_name", "email", "unit", "duties"), staff)
    overrides = "\n".join(
        _OVERRIDE.format(procedure=_CHOOSES, role=role, unit=f"{_CODE}.02")
        for role in ("COMPETENT", "SUPPORTING")
    )
    file = folder / "tinh-do.toml"
    file.write_text(_TOML.format(code=_CODE, since=FIRST_DAY.isoformat(), overrides=overrides))
    return file


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


def _units() -> list[tuple[str, ...]]:
    rows = [
        (_CODE, "Ủy ban nhân dân Tỉnh Đo", "PROVINCE", "", "", "Số 1 Trần Phú"),
        (f"{_CODE}.24", "Trung tâm Phục vụ hành chính công Tỉnh Đo", "CENTRE", _CODE, "có", "Số 2 Trần Phú"),
    ]
    for number in range(2, 2 + _DEPARTMENTS):
        code = f"{_CODE}.{number:02d}"
        rows.append((code, f"Sở số {number} Tỉnh Đo", "DEPARTMENT", _CODE, "", ""))
        rows.append((f"{code}.01", f"Phòng Nghiệp vụ – Sở số {number}", "DIVISION", code, "", ""))
    for number in range(_COMMUNES):
        code, name = f"{_CODE}.{101 + number}", f"xã Đo {number + 1}"
        rows += [
            (code, f"Ủy ban nhân dân {name}", "COMMUNE", _CODE, "", f"Trụ sở {name}"),
            (
                f"{code}.01",
                f"Trung tâm Phục vụ hành chính công {name}",
                "CENTRE",
                code,
                "có",
                f"Trụ sở {name}",
            ),
            (f"{code}.02", f"Phòng Kinh tế {name}", "DIVISION", code, "", ""),
            (f"{code}.03", f"Phòng Văn hóa – Xã hội {name}", "DIVISION", code, "", ""),
        ]
    return rows


def _staff() -> list[tuple[str, ...]]:
    rows = [_person(f"tinh.{duty.lower().replace('_', '')}", _CODE, f"{duty}@{_CODE}") for duty in _WHOLE]
    for number in range(_STAFFED):
        code = f"{_CODE}.{101 + number}"
        rows += [
            _person(f"x{number}.tiepnhan", f"{code}.01", "RECEPTION SUPPORT RETURN_CLERK CASHIER"),
            _person(f"x{number}.chuyenvien", f"{code}.03", f"SPECIALIST@{code}"),
            _person(f"x{number}.truongphong", f"{code}.02", f"DIVISION_HEAD@{code} REGISTRY_CLERK@{code}"),
            _person(f"x{number}.chutich", code, "SIGNATORY"),
        ]
    return rows


def _person(username: str, unit: str, duties: str) -> tuple[str, ...]:
    return (
        username,
        f"Người Đo {username.partition('.')[2].title()}",
        f"{username}@tinhdo.example.vn",
        unit,
        duties,
    )
