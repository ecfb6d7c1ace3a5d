"""A small province of its own beside the furnished house, with three people."""

from datetime import date
from types import SimpleNamespace

import pytest

from apps.accounts.services import create_user
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM, Actor, ActorKind, Grant

PASSWORD = "Đường-về-Pleiku-2026"


@pytest.fixture
def place(in_gia_lai, now):
    """province above pleiku and quynhon; mai and binh work at pleiku."""

    def unit(code, name, kind, parent=None):
        return create_unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=parent and parent.id,
            valid_from=date(2025, 7, 1),
            by=SYSTEM,
            now=now,
        )

    province = unit("H98", "UBND tỉnh Gia Lai", "PROVINCE")
    pleiku = unit("H98.121", "UBND phường Pleiku", "COMMUNE", province)
    quynhon = unit("H98.101", "UBND phường Quy Nhơn", "COMMUNE", province)

    def user(username, full_name, at):
        return create_user(
            username=username, full_name=full_name, unit_id=at.id, password=PASSWORD, by=SYSTEM, now=now
        )

    return SimpleNamespace(
        province=province,
        pleiku=pleiku,
        quynhon=quynhon,
        mai=user("mai", "Nguyễn Thị Mai", pleiku),
        binh=user("binh", "Rơ Châm Bình", pleiku),
        lan=user("lan", "Đặng Ngọc Lan", quynhon),
        admin=Actor(ActorKind.STAFF, 900, "Quản trị Pleiku", grants=(Grant("UNIT_ADMIN", pleiku.path),)),
    )


@pytest.fixture
def today():
    return date(2026, 11, 23)
