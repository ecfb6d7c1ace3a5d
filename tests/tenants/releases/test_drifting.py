"""A schema that somebody changed by hand is found; its neighbours are not accused."""

from django.db import connection

from tenants.provisioning.migrating import as_owner
from tenants.releases.drifting import find_drifted
from tenants.releases.manifests import newest_manifest
from tests.statements import statements_of


def _damage(schema: str, sql: str) -> None:
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(sql)


def test_find_drifted_names_the_damaged_tenant_only(gia_lai, ha_noi):
    assert find_drifted(tenants=[gia_lai, ha_noi]) == {}
    _damage(gia_lai.schema_name, "ALTER TABLE organisations_unit ADD COLUMN by_hand text")
    reasons = find_drifted(tenants=[gia_lai, ha_noi])
    assert list(reasons) == [gia_lai.id]
    assert newest_manifest().name in reasons[gia_lai.id]


def test_find_drifted_names_a_schema_that_is_gone_and_a_release_nobody_compiled(gia_lai, ha_noi):
    gia_lai.schema_name, ha_noi.release = "no_such_schema", 99
    reasons = find_drifted(tenants=[gia_lai, ha_noi])
    assert "no_such_schema" in reasons[gia_lai.id]
    assert "99" in reasons[ha_noi.id]


def test_find_drifted_asks_once_for_all_schemas(gia_lai, ha_noi):
    """Of two that are alike one is worked out, between two looks at what is alike."""
    one, two = (
        statements_of(lambda tenants=tenants: find_drifted(tenants=tenants))
        for tenants in ([gia_lai], [gia_lai, ha_noi])
    )
    assert sum("pg_get_constraintdef" in sql for sql in two) == 1
    assert len(two) == len(one) + 2
