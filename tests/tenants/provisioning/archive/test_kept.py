"""What restores put aside is told and dropped by those who may; nobody else's schema goes that way."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tenants.provisioning import errors
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.kept import list_kept_of
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.services import drop_kept, drop_tenant, retire_tenant
from tenants.registry.acts import list_acts
from tenants.registry.selectors import get_tenant
from tests.tenants.provisioning.archive.conftest import BY, NOW, rows_of, schemas

FIRST, SECOND = "y01_replaced_20261123", "y01_replaced_20261123_2"


@pytest.fixture
def own_archive(archive, tmp_path):
    """Of Y01, which is there."""
    restore_tenant(path=archive, by=BY, now=NOW, code="Y01", host="y01.localhost")
    path = tmp_path / "y01.motcua"
    export_tenant(code="Y01", to=path, by=BY, now=NOW)
    return path


@pytest.fixture
def replaced(own_archive):
    """Y01, restored over itself twice."""
    for _time in range(2):
        restore_tenant(path=own_archive, by=BY, now=NOW, replace=True, confirm="Y01")
    return get_tenant("Y01")


def _drop(*names, code="Y01", confirm="Y01"):
    return drop_kept(code=code, schemas=names, confirm=confirm, by=BY, now=NOW)


def test_what_is_kept_is_told_and_dropped_one_by_one(replaced):
    before = rows_of("y01")
    found = list_kept_of(replaced)
    assert [(one.schema, one.day) for one in found] == [
        (FIRST, date(2026, 11, 23)),
        (SECOND, date(2026, 11, 23)),
    ]
    assert all(one.size > 100_000 for one in found)
    assert _drop(FIRST) == [FIRST]
    assert {SECOND, "y01", "x90"} <= schemas()
    assert FIRST not in schemas()
    act = list_acts(limit=1)[0]
    assert (act.action, act.tenant_code, act.facts) == ("tenant.kept_dropped", "Y01", {"schema": [FIRST]})
    assert _drop() == [SECOND]
    assert list_kept_of(replaced) == []
    assert rows_of("y01") == before


def test_nothing_else_is_dropped_that_way(replaced):
    """Seen to fail without the question whether it is one of this tenant's: the living schema was gone.

    In one test: three restores for each case would be half a minute.
    """
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA y01_replaced_by_hand")  # of somebody's own, whatever it is for
    cases = [
        (["y01_replaced_by_hand"], {}, errors.KeptUnknown),
        ([FIRST], {"confirm": "X90"}, errors.ConfirmationDiffers),
        ([FIRST], {"confirm": ""}, errors.ConfirmationDiffers),
        (["y01"], {}, errors.KeptUnknown),  # the living rows
        (["x90"], {}, errors.KeptUnknown),
        (["public"], {}, errors.KeptUnknown),
        ([FIRST, "y01_replaced_20200101"], {}, errors.KeptUnknown),
        ([FIRST], {"code": "X90", "confirm": "X90"}, errors.NothingKept),
        ([], {"code": "X90", "confirm": "X90"}, errors.NothingKept),
        ([FIRST], {"code": "Y77", "confirm": "Y77"}, errors.TenantUnknown),
    ]
    before, acts = schemas(), len(list_acts())
    for names, given, error in cases:
        with pytest.raises(error):
            _drop(*names, **given)
        assert schemas() == before
        assert len(list_acts()) == acts


def test_a_tenant_that_is_dropped_leaves_nothing_that_was_kept(replaced):
    """Seen to fail before: the role had rights on the schemas put aside, so it could not go, and the command broke."""
    retire_tenant(code="Y01", confirm="Y01", reason="Thử", by=BY, now=NOW)
    drop_tenant(code="Y01", confirm="Y01", without_archive="Thử", by=BY, now=NOW)
    assert not [name for name in schemas() if name.startswith("y01")]
    assert list_acts(limit=1)[0].facts["schema"] == ["y01", FIRST, SECOND]


def test_the_name_says_the_day_in_viet_nam(own_archive):
    late = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # half past one in the morning there
    restored = restore_tenant(path=own_archive, by=BY, now=late, replace=True, confirm="Y01")
    assert restored.kept == "y01_replaced_20261124"


def test_the_command_lists_and_drops(replaced):
    def told(*words):
        out = StringIO()
        call_command("tenant", *words, stdout=out)
        return out.getvalue()

    assert f"{FIRST}\tgiữ từ 23/11/2026\t" in told("kept", "Y01")
    with pytest.raises(CommandError, match="confirmation_differs"):
        told("kept", "Y01", "--drop")
    assert told("kept", "Y01", "--drop", "--confirm", "Y01") == f"Đã xóa {FIRST}, {SECOND}.\n"
    assert told("kept", "Y01") == "Y01 không còn dữ liệu cũ nào được giữ.\n"
    with pytest.raises(CommandError, match=r"tenant\.unknown"):
        told("kept", "Y77")
