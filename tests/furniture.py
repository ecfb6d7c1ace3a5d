"""The furniture of the test house: a small real province in each tenant, laid in once for all tests.

Names are stable: ``H21.101`` is a ward, ``H21.101.01`` its centre with a counter;
``tiepnhan``, ``chuyenvien`` … hold one duty each at the ward, ``phongkinhte`` and
``congan`` at its two divisions. Everything goes through the services.
"""

from datetime import date, datetime

from apps.accounts import services as accounts
from apps.accounts.enums import Duty
from apps.catalogue import selectors as catalogue
from apps.catalogue.services import load_national
from apps.deadlines import services as deadlines
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.organisations import services as organisations
from apps.organisations.enums import UnitKind
from apps.procedures import services as procedures
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant

PASSWORD = "Mat-khau-thu-2026"
SINCE = date(2025, 7, 1)
STAFF = {
    "hotro": (Duty.SUPPORT, "Nguyễn Thị Hỗ Trợ"),
    "tiepnhan": (Duty.RECEPTION, "Trần Thị Tiếp Nhận"),
    "thuphi": (Duty.CASHIER, "Lê Văn Thu Phí"),
    "chuyenvien": (Duty.SPECIALIST, "Phạm Thị Chuyên Viên"),
    "lanhdaophong": (Duty.DIVISION_HEAD, "Đỗ Văn Trưởng Phòng"),
    "lanhdao": (Duty.SIGNATORY, "Hoàng Thị Chủ Tịch"),
    "vanthu": (Duty.REGISTRY_CLERK, "Ngô Thị Văn Thư"),
    "traketqua": (Duty.RETURN_CLERK, "Bùi Văn Trả Kết Quả"),
    "kiemsoat": (Duty.PROCEDURE_CONTROLLER, "Vũ Thị Kiểm Soát"),
    "dieuhanh": (Duty.SUPERVISOR, "Đặng Văn Điều Hành"),
    "quantri": (Duty.UNIT_ADMIN, "Lý Thị Quản Trị"),
    "kythuat": (Duty.TECHNICIAN, "Mai Văn Kỹ Thuật"),
}


def furnish_centre(now: datetime) -> None:
    with central_context():
        load_national(by=SYSTEM, now=now)


def furnish_tenant(tenant: Tenant, now: datetime) -> None:
    with tenant_context(tenant):
        units = _units(tenant, now)
        _staff(units, now)
        deadlines.set_working_hours(
            week=USUAL_WEEK, valid_from=SINCE, ground="Quy chế làm việc", by=SYSTEM, now=now
        )
        deadlines.copy_national_days(days=seed_national_days((2025, 2026, 2027)), by=SYSTEM, now=now)
        for offer in catalogue.list_published():
            procedures.adopt(
                template_version_id=offer.version, overrides=[], by=SYSTEM, now=now, in_force_from=SINCE
            )


def _units(tenant: Tenant, now: datetime) -> dict[str, int]:
    def create(code: str, name: str, kind: UnitKind, parent: str | None, *, receives: bool = False) -> None:
        made[code] = organisations.create_unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=made[parent] if parent else None,
            receives=receives,
            address="01 Trần Phú",
            phone="02693824404",
            valid_from=SINCE,
            by=SYSTEM,
            now=now,
        ).id

    made: dict[str, int] = {}
    root = tenant.code
    create(root, f"Ủy ban nhân dân {tenant.name}", UnitKind.PROVINCE, None)
    create(f"{root}.24", "Trung tâm Phục vụ hành chính công", UnitKind.CENTRE, root, receives=True)
    create(f"{root}.15", "Sở Nội vụ", UnitKind.DEPARTMENT, root)
    for ward, name in (("101", "phường Pleiku"), ("102", "phường Quy Nhơn")):
        create(f"{root}.{ward}", f"Ủy ban nhân dân {name}", UnitKind.COMMUNE, root)
        create(
            f"{root}.{ward}.01",
            f"Trung tâm Phục vụ hành chính công {name}",
            UnitKind.CENTRE,
            f"{root}.{ward}",
            receives=True,
        )
        create(f"{root}.{ward}.02", "Phòng Kinh tế", UnitKind.DIVISION, f"{root}.{ward}")
        create(f"{root}.{ward}.03", "Công an phường", UnitKind.DIVISION, f"{root}.{ward}")
    return made


def _staff(units: dict[str, int], now: datetime) -> None:
    ward = next(key for key in units if key.endswith(".101"))
    for username, (duty, full_name) in STAFF.items():
        _person(username, full_name, duty, units[ward], now)
    _person("phongkinhte", "Cao Văn Kinh Tế", Duty.SPECIALIST, units[f"{ward}.02"], now)
    _person("congan", "Hồ Thị Công An", Duty.SPECIALIST, units[f"{ward}.03"], now)
    _person("tiepnhan2", "Dương Văn Quy Nhơn", Duty.RECEPTION, units[ward.replace("101", "102")], now)


def _person(username: str, full_name: str, duty: Duty, unit_id: int, now: datetime) -> None:
    user = accounts.create_user(
        username=username, full_name=full_name, unit_id=unit_id, password=PASSWORD, by=SYSTEM, now=now
    )
    accounts.assign_duty(user_id=user.id, duty=duty, unit_id=unit_id, valid_from=SINCE, by=SYSTEM, now=now)
