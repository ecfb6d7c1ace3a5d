"""The people of the demo: one fixed account for each duty, and colleagues everywhere.

The fixed accounts share one password, which stands in the README and is used
by the demo only. Colleagues have none: they are there to be seen and chosen.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import NewPerson, assign_duty, create_user, import_staff
from apps.organisations.selectors import UnitView, list_units
from infra.seed.names import make_name
from kernel.actors import SYSTEM
from kernel.vietnamese import fold

DEMO_PASSWORD = "MotCua-2026-demo"  # noqa: S105 - the demo's, shown in the README
FIRST_DAY = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``place`` and ``reach`` are keys of PLACES: where the person sits, and over which unit the duties are held."""

    username: str
    full_name: str
    duties: tuple[Duty, ...]
    place: str
    reach: str


DEMO_ACCOUNTS = (
    DemoAccount("hotro", "Siu H’Lan", (Duty.SUPPORT,), "counter", "sample"),
    DemoAccount("tiepnhan", "Nguyễn Thị Thanh Mai", (Duty.RECEPTION,), "counter", "sample"),
    DemoAccount("thuphi", "Trần Thị Kim Oanh", (Duty.CASHIER,), "counter", "sample"),
    DemoAccount("chuyenvien", "Lê Quang Huy", (Duty.SPECIALIST,), "office", "sample"),
    DemoAccount("lanhdaophong", "Phạm Văn Đức", (Duty.DIVISION_HEAD,), "office", "sample"),
    DemoAccount("lanhdao", "Đặng Thị Hồng Vân", (Duty.SIGNATORY,), "sample", "sample"),
    DemoAccount("vanthu", "Võ Thị Ngọc Ánh", (Duty.REGISTRY_CLERK,), "office", "sample"),
    DemoAccount("traketqua", "Rơ Châm Thuận", (Duty.RETURN_CLERK,), "counter", "sample"),
    DemoAccount("kiemsoat", "Huỳnh Bảo Trân", (Duty.PROCEDURE_CONTROLLER,), "root", "root"),
    DemoAccount("dieuhanh", "Bùi Minh Tuấn", (Duty.SUPERVISOR,), "root", "root"),
    DemoAccount("quantri", "Hồ Anh Dũng", (Duty.UNIT_ADMIN,), "root", "root"),
    DemoAccount("kythuat", "Ksor Y Thêm", (Duty.TECHNICIAN,), "root", "root"),
)
# Where the demo's story plays. In the ministry it plays in the whole house.
PLACES = {
    "H21": {"root": "H21", "sample": "H21.121", "counter": "H21.121.01", "office": "H21.121.04"},
    "H26": {"root": "H26", "sample": "H26.201", "counter": "H26.103.01.1", "office": "H26.201.04"},
    "G15": {"root": "G15", "sample": "G15", "counter": "G15.20", "office": "G15.02.01"},
}


def seed_staff(tenant_code: str, now: datetime) -> int:
    """In the tenant's context, after seed_units; who is there already is left alone. Returns how many were created."""
    units = {unit.code: unit for unit in list_units()}
    created = sum(_seed_demo_account(account, tenant_code, units, now) for account in DEMO_ACCOUNTS)
    people = list(_colleagues(tenant_code, list(units.values())))
    return created + len(import_staff(people=people, valid_from=FIRST_DAY, by=SYSTEM, now=now))


def _seed_demo_account(
    account: DemoAccount, tenant_code: str, units: dict[str, UnitView], now: datetime
) -> int:
    if find_user_by_username(account.username) is not None:
        return 0
    places = PLACES[tenant_code]
    user = create_user(
        username=account.username,
        full_name=account.full_name,
        unit_id=units[places[account.place]].id,
        password=DEMO_PASSWORD,
        email=f"{account.username}@{tenant_code.lower()}.example.vn",
        by=SYSTEM,
        now=now,
    )
    for duty in account.duties:
        assign_duty(
            user_id=user.id,
            duty=duty,
            unit_id=units[places[account.reach]].id,
            valid_from=FIRST_DAY,
            by=SYSTEM,
            now=now,
        )
    return 1


# Who works at a unit of a kind: a line is a person; their duties reach over the unit itself.
_POSTS: dict[str, tuple[tuple[Duty, ...], ...]] = {
    "PROVINCE": ((Duty.SIGNATORY,), (Duty.SIGNATORY,), (Duty.REGISTRY_CLERK,)),
    "MINISTRY": ((Duty.SIGNATORY,), (Duty.SIGNATORY,), (Duty.REGISTRY_CLERK,)),
    "COMMUNE": (
        (Duty.SIGNATORY,),
        (Duty.SIGNATORY,),
        (Duty.UNIT_ADMIN,),
        (Duty.SUPERVISOR,),
        # Procedures are decided by the commune as a whole: these process them, wherever they sit.
        (Duty.SPECIALIST,),
        (Duty.SPECIALIST,),
        (Duty.DIVISION_HEAD,),
        (Duty.REGISTRY_CLERK,),
    ),
    "DEPARTMENT": ((Duty.SIGNATORY,), (Duty.SIGNATORY,), (Duty.REGISTRY_CLERK,), (Duty.UNIT_ADMIN,)),
    "DIVISION": ((Duty.DIVISION_HEAD,), (Duty.SPECIALIST,), (Duty.SPECIALIST,)),
    "CENTRE": (
        (Duty.RECEPTION, Duty.SUPPORT),
        (Duty.RECEPTION,),
        (Duty.CASHIER,),
        (Duty.RETURN_CLERK,),
        (Duty.SUPERVISOR,),
    ),
}


def _colleagues(tenant_code: str, units: list[UnitView]) -> Iterator[NewPerson]:
    """The same people at every run: chance is seeded with the tenant's code."""
    chance = random.Random(tenant_code)  # noqa: S311 - names for a demo, not a secret
    taken: set[str] = set()
    for unit in units:
        for duties in _POSTS[unit.kind]:
            full_name = make_name(chance, chance.choice("fm"), highland=tenant_code == "H21")
            yield NewPerson(
                username=_username(full_name, taken),
                full_name=full_name,
                unit_id=unit.id,
                duties=tuple((duty, unit.id) for duty in duties),
            )


def _username(full_name: str, taken: set[str]) -> str:
    """``Nguyễn Thị Mai`` → ``mai.nt``, the next one ``mai.nt2``."""
    *before, given = fold(full_name).replace("’", "").split()
    base = f"{given}.{''.join(word[0] for word in before)}"
    username, number = base, 1
    while username in taken:
        number += 1
        username = f"{base}{number}"
    taken.add(username)
    return username
