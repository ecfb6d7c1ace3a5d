"""Units come, change and end; the tree stays in one piece."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.audit.selectors import list_entries
from apps.organisations import errors
from apps.organisations.enums import CodeSystem, UnitKind
from apps.organisations.models import Unit, UnitAlias
from apps.organisations.selectors import (
    find_leaf,
    find_unit_by_code,
    get_unit,
    get_unit_by_code,
    list_ancestors,
    list_units,
)
from apps.organisations.services import add_alias, close_unit, create_unit, end_alias, rename_unit
from kernel.actors import SYSTEM, Actor, ActorKind, Grant
from tenants.registry.context import tenant_context

FIRST_DAY = date(2025, 7, 1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def create(in_gia_lai, now):
    def make(code, name, kind=UnitKind.DEPARTMENT, parent=None, **facts):
        return create_unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=parent and parent.id,
            valid_from=FIRST_DAY,
            by=SYSTEM,
            now=now,
            **facts,
        )

    return make


@pytest.fixture
def province(create):
    return create("H98", "Ủy ban nhân dân tỉnh Gia Lai", UnitKind.PROVINCE)


@pytest.fixture
def pleiku(create, province):
    return create("H98.121", "Ủy ban nhân dân phường Pleiku", UnitKind.COMMUNE, province)


def admin_of(unit):
    return Actor(ActorKind.STAFF, 7, "Quản trị", grants=(Grant("UNIT_ADMIN", unit.path),))


def test_create_unit_hangs_it_below_its_parent_and_leaves_a_trace(province, pleiku):
    assert pleiku.path == f"/{province.id}/{pleiku.id}/"
    assert [entry.action for entry in list_entries(subject_type="unit", subject_id=pleiku.id)] == [
        "unit.created"
    ]
    assert [unit.id for unit in list_ancestors(pleiku.path)] == [province.id, pleiku.id]


@pytest.mark.parametrize("code", ["H98.24.", "21.24", "H98 24", "000.00.24.H98", "H98" + ".101" * 9, ""])
def test_create_unit_refuses_a_code_that_is_not_of_qd_20(create, province, code):
    with pytest.raises(errors.UnitCodeInvalid):
        create(code, "Sở Tư pháp", parent=province)
    assert Unit.objects.filter(code__startswith="H98").count() == 1


def test_create_unit_refuses_a_taken_code_and_names_the_holder(create, province, pleiku):
    with pytest.raises(errors.UnitCodeTaken) as refusal:
        create("H98.121", "Phường khác", parent=province)
    assert "phường Pleiku" in str(refusal.value)
    assert Unit.objects.filter(code__startswith="H98").count() == 2


@pytest.mark.parametrize("name", ["", "   "])
def test_create_unit_refuses_a_unit_without_a_name(create, province, name):
    with pytest.raises(errors.UnitNameMissing):
        create("H98.05", name, parent=province)


def test_create_unit_with_a_taken_alias_leaves_nothing(create, province, pleiku, now):
    add_alias(
        unit_id=pleiku.id, system="QCVN102", code="000.21.01.H98", valid_from=FIRST_DAY, by=SYSTEM, now=now
    )
    with pytest.raises(errors.UnitCodeTaken, match="phường Pleiku"):
        create("H98.05", "Sở Tư pháp", parent=province, aliases=[("QCVN102", "000.21.01.H98")])
    assert find_unit_by_code("H98.05", on=TODAY) is None


def test_an_administrator_creates_below_their_own_unit_only(create, province, pleiku, now):
    by = admin_of(pleiku)
    facts = {"kind": UnitKind.DIVISION, "valid_from": FIRST_DAY, "by": by, "now": now}
    own = create_unit(code="H98.121.01", name="Phòng Kinh tế", parent_id=pleiku.id, **facts)
    assert own.parent_id == pleiku.id
    for parent_id in (province.id, None):
        with pytest.raises(errors.NotYourUnit):
            create_unit(code="H98.06", name="Sở của tôi", parent_id=parent_id, **facts)
    with pytest.raises(errors.NotYourUnit):
        rename_unit(unit_id=province.id, name="Tỉnh của tôi", by=by, now=now)
    with pytest.raises(errors.NotYourUnit):
        close_unit(unit_id=province.id, last_day=TODAY, successor_id=None, by=by, now=now)
    assert get_unit(province.id).name == "Ủy ban nhân dân tỉnh Gia Lai"


def test_find_unit_by_code_knows_both_styles_and_their_days(create, province, now):
    old = create("H98.24", "Trung tâm cũ", UnitKind.CENTRE, province, aliases=[("QCVN102", "000.00.24.H98")])
    new = create("H98.25", "Trung tâm mới", UnitKind.CENTRE, province)
    alias = UnitAlias.objects.get(unit_id=old.id)
    end_alias(alias_id=alias.id, last_day=date(2026, 6, 30), by=SYSTEM, now=now)
    add_alias(
        unit_id=new.id,
        system="QCVN102",
        code="000.00.24.H98",
        valid_from=date(2026, 7, 1),
        by=SYSTEM,
        now=now,
    )
    assert get_unit_by_code("000.00.24.H98", on=date(2026, 6, 30)).id == old.id
    assert get_unit_by_code("000.00.24.H98", on=date(2026, 7, 1)).id == new.id
    assert get_unit_by_code("H98.24", on=TODAY).id == old.id
    with pytest.raises(errors.UnitUnknown):
        get_unit_by_code("000.00.25.H98", on=TODAY)  # a proposal by rule is not the truth


def test_the_database_keeps_a_code_from_meaning_two_units(province, pleiku):
    UnitAlias.objects.create(unit_id=province.id, system=CodeSystem.QCVN102, code="x", valid_from=FIRST_DAY)
    with pytest.raises(IntegrityError, match="alias_means_one_unit_now"), transaction.atomic():
        UnitAlias.objects.create(unit_id=pleiku.id, system=CodeSystem.QCVN102, code="x", valid_from=FIRST_DAY)


def test_close_unit_keeps_the_row_and_names_who_goes_on(create, province, pleiku, now):
    other = create("H98.122", "Phường Hội Phú", UnitKind.COMMUNE, province)
    closed = close_unit(unit_id=pleiku.id, last_day=TODAY, successor_id=other.id, by=SYSTEM, now=now)
    assert closed.is_open(TODAY)
    assert not closed.is_open(date(2026, 11, 24))
    assert closed.successor_id == other.id
    assert [unit.code for unit in list_units(on=date(2026, 11, 24), under=province.path)] == [
        "H98",
        "H98.122",
    ]
    assert find_unit_by_code("H98.121", on=TODAY) is not None
    with pytest.raises(errors.UnitClosed):
        close_unit(unit_id=pleiku.id, last_day=TODAY, successor_id=None, by=SYSTEM, now=now)


def test_close_unit_refuses_what_would_leave_orphans(create, province, pleiku, now):
    facts = {"by": SYSTEM, "now": now}
    with pytest.raises(errors.UnitHasOpenBranches):
        close_unit(unit_id=province.id, last_day=TODAY, successor_id=None, **facts)
    with pytest.raises(errors.SuccessorUnfit):
        close_unit(unit_id=pleiku.id, last_day=TODAY, successor_id=pleiku.id, **facts)
    with pytest.raises(errors.LastDayTooEarly):
        close_unit(unit_id=pleiku.id, last_day=date(2025, 6, 30), successor_id=None, **facts)
    assert get_unit(pleiku.id).valid_to is None


def test_create_unit_refuses_a_parent_that_has_ended(pleiku, now):
    close_unit(unit_id=pleiku.id, last_day=TODAY, successor_id=None, by=SYSTEM, now=now)
    facts = {
        "kind": "DIVISION",
        "parent_id": pleiku.id,
        "valid_from": date(2026, 11, 24),
        "by": SYSTEM,
        "now": now,
    }
    with pytest.raises(errors.UnitClosed):
        create_unit(code="H98.121.02", name="Phòng đến sau", **facts)


def test_a_unit_whose_last_day_is_announced_still_acts_until_then(pleiku, now):
    close_unit(unit_id=pleiku.id, last_day=date(2999, 12, 31), successor_id=None, by=SYSTEM, now=now)
    assert find_leaf(pleiku.id).open


def test_a_unit_whose_last_day_is_past_is_closed(pleiku, now):
    close_unit(unit_id=pleiku.id, last_day=date(2026, 1, 31), successor_id=None, by=SYSTEM, now=now)
    assert not find_leaf(pleiku.id).open


def test_rename_unit_is_seen_in_the_kept_tree(pleiku, now):
    assert find_leaf(pleiku.id).name == "Ủy ban nhân dân phường Pleiku"
    rename_unit(unit_id=pleiku.id, name="  UBND   phường Pleiku ", by=SYSTEM, now=now)
    assert find_leaf(pleiku.id).name == "UBND phường Pleiku"


def test_list_units_is_the_tree_found_without_marks_in_one_query(create, province, pleiku, ha_noi, now):
    create("H98.121.01", "Phòng Kinh tế", UnitKind.DIVISION, pleiku)
    create("H98.05", "Sở Tư pháp", parent=province)
    with tenant_context(ha_noi):
        create_unit(
            code="H97",
            name="UBND thành phố Hà Nội",
            kind="PROVINCE",
            parent_id=None,
            valid_from=FIRST_DAY,
            by=SYSTEM,
            now=now,
        )
    list_units(on=TODAY, under=province.path)  # back in Gia Lai: the connection has been told
    with CaptureQueriesContext(connection) as queries:
        units = list_units(on=TODAY, under=province.path)
    assert [unit.code for unit in units] == ["H98", "H98.05", "H98.121", "H98.121.01"]
    assert len(queries) == 1
    assert [unit.depth for unit in units] == [0, 1, 1, 2]
    assert [unit.code for unit in list_units(search="so tu phap", under=province.path)] == ["H98.05"]
    assert [unit.code for unit in list_units(under=pleiku.path)] == ["H98.121", "H98.121.01"]
    assert [unit.code for unit in list_units(kinds=("COMMUNE",), under=province.path)] == ["H98.121"]
