"""The platform's probe unit: the house's alone."""

import pytest

from apps.organisations import errors, selectors, services
from apps.organisations.enums import UnitKind
from apps.organisations.models import Unit
from kernel.actors import SYSTEM, Actor, ActorKind, Grant

ADMINISTRATOR = Actor(kind=ActorKind.STAFF, id=1, name="Quản trị", grants=(Grant("UNIT_ADMIN"),))


def test_open_probe_unit_makes_one_root_and_finds_it_again(in_gia_lai, now):
    first = services.open_probe_unit(by=SYSTEM, now=now)
    services.close_probe_unit(by=SYSTEM, now=now)
    assert not selectors.get_unit(first.id).receives
    again = services.open_probe_unit(by=SYSTEM, now=now)
    assert (again.id, again.receives, again.path, again.parent_id) == (first.id, True, f"/{first.id}/", None)
    assert Unit.objects.filter(kind=UnitKind.PROBE).count() == 1


def test_probe_unit_is_no_administrators(in_gia_lai, now):
    with pytest.raises(errors.NotYourUnit):
        services.open_probe_unit(by=ADMINISTRATOR, now=now)
    assert not Unit.objects.exists()
    unit = services.open_probe_unit(by=SYSTEM, now=now)
    with pytest.raises(errors.NotYourUnit):
        services.close_probe_unit(by=ADMINISTRATOR, now=now)
    assert selectors.get_unit(unit.id).receives


def test_create_unit_refuses_the_kind_of_a_probe(in_gia_lai, now):
    with pytest.raises(errors.UnitKindUnknown):
        services.create_unit(
            code="H21", name="Tỉnh", kind="PROBE", parent_id=None, valid_from=now.date(), by=SYSTEM, now=now
        )
    assert not Unit.objects.exists()


def test_open_probe_unit_refuses_a_code_that_an_agency_has(in_gia_lai, now):
    services.create_unit(
        code="X99", name="Cơ quan", kind="MINISTRY", parent_id=None, valid_from=now.date(), by=SYSTEM, now=now
    )
    with pytest.raises(errors.UnitCodeTaken, match="Cơ quan"):
        services.open_probe_unit(by=SYSTEM, now=now)
    assert not Unit.objects.filter(kind=UnitKind.PROBE).exists()


def test_get_unit_by_public_id_does_not_know_a_probe(in_gia_lai, now):
    unit = services.open_probe_unit(by=SYSTEM, now=now)
    with pytest.raises(errors.UnitUnknown):
        selectors.get_unit_by_public_id(unit.public_id)
