"""A tenant is created whole or not at all."""

import pytest
from django.db import ProgrammingError, connection

from kernel.errors import Refusals
from tenants.provisioning import errors
from tenants.provisioning.models import TemplateScript
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Domain, Tenant
from tenants.registry.selectors import find_tenant


def _create(now, **changed):
    facts = {"code": "H99", "name": "Tỉnh Mới", "kind": "PROVINCE", "host": "moi.localhost"} | changed
    return create_tenant(**facts, now=now)


def _schemas():
    with central_context(), connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def _objects(schema):
    """Every table, column, constraint, index, trigger and function of a schema, with its name left out."""
    with central_context(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'column', c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || ' ' || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE n.nspname = %(schema)s AND c.relkind IN ('r', 'v')
            UNION ALL
            SELECT 'constraint', conname || ' ' || pg_get_constraintdef(k.oid)
              FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname = %(schema)s
            UNION ALL
            SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = %(schema)s
            UNION ALL
            SELECT 'trigger', pg_get_triggerdef(t.oid) FROM pg_trigger t
              JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = %(schema)s AND NOT tgisinternal
            UNION ALL
            SELECT 'function', pg_get_functiondef(p.oid) FROM pg_proc p
              JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %(schema)s
            ORDER BY 1, 2
            """,
            {"schema": schema},
        )
        return [(kind, text.replace(f"{schema}.", "")) for kind, text in cursor.fetchall()]


def test_create_tenant_makes_the_same_objects_as_the_migrations(gia_lai):
    assert _objects(gia_lai.schema_name) == _objects("tenant_template")
    assert len(_objects(gia_lai.schema_name)) > 50


def test_create_tenant_is_ready_to_work(db, now):
    tenant = _create(now)
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('search_path'), count(*) FROM django_migrations")
        role, path, applied = cursor.fetchone()
    assert role.endswith("__h99")
    assert path == '"h99", extensions'
    assert applied > 3


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "H21"}, errors.TenantCodeTaken),
        ({"code": "h1"}, errors.TenantCodeInvalid),
        ({"host": "gialai.localhost"}, errors.HostTaken),
        ({"host": "có dấu"}, errors.HostInvalid),
        ({"kind": "DISTRICT"}, errors.KindUnknown),
        ({"name": "  "}, errors.NameMissing),
    ],
)
def test_create_tenant_refuses_and_leaves_nothing(db, now, changed, refusal):
    before = _schemas()
    with pytest.raises(refusal) as caught:
        _create(now, **changed)
    assert str(caught.value)
    assert _schemas() == before
    with central_context():
        assert Tenant.objects.count() == 3
        assert Domain.objects.count() == 3


def test_create_tenant_names_everything_wrong_at_once(db, now):
    with pytest.raises(Refusals) as caught:
        _create(now, code="H21", host="hanoi.localhost", name="")
    assert [one.code for one in caught.value.refusals] == [
        "tenant.code_taken",
        "tenant.name_missing",
        "tenant.host_taken",
    ]


def test_create_tenant_leaves_nothing_when_the_script_fails_half_way(db, now):
    """Without the transaction the schema and its first tables would stay behind."""
    before = _schemas()
    with central_context():
        script = TemplateScript.objects.order_by("release").last()
        script.post_sql += "\nSELECT no_such_function();"
        script.save()
    with pytest.raises(ProgrammingError):
        _create(now)
    assert _schemas() == before
    assert find_tenant("H99") is None


def test_create_tenant_refuses_a_stale_template(db, now):
    with central_context():
        TemplateScript.objects.update(migrations_sha256="0" * 64)
    with pytest.raises(errors.TemplateStale):
        _create(now)
    assert "h99" not in _schemas()
