"""What a tenant's role may do in its schema, beside what grant_rights gives it: who may do more, and who less."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

_USAGE = frozenset({"USAGE"})
_READ = frozenset({"SELECT"})
_ADD = frozenset({"SELECT", "INSERT"})
_WRITE = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
# The owner of everything is left out; nobody but the tenant's role should stand in the answer.
_RIGHTS = """
WITH n AS (SELECT oid, nspname, nspowner, nspacl FROM pg_namespace WHERE nspname = ANY(%(schemas)s)),
held AS (
    SELECT n.nspname, 'SCHEMA' AS kind, n.nspname::text AS name, n.nspowner AS owner, a.grantee, a.privilege_type
      FROM n, LATERAL aclexplode(n.nspacl) AS a
    UNION ALL
    SELECT n.nspname, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname::text, c.relowner, a.grantee,
           a.privilege_type
      FROM n JOIN pg_class c ON c.relnamespace = n.oid, LATERAL aclexplode(c.relacl) AS a
    UNION ALL
    SELECT n.nspname, 'COLUMN', c.relname || '.' || t.attname, c.relowner, a.grantee, a.privilege_type
      FROM n JOIN pg_class c ON c.relnamespace = n.oid
      JOIN pg_attribute t ON t.attrelid = c.oid AND t.attacl IS NOT NULL, LATERAL aclexplode(t.attacl) AS a)
SELECT nspname, kind, name, coalesce(r.rolname, 'PUBLIC'), privilege_type
  FROM held LEFT JOIN pg_roles r ON r.oid = held.grantee WHERE held.grantee <> held.owner
"""
_ROLES = """
SELECT r.rolname, r.rolcanlogin OR r.rolsuper OR r.rolbypassrls OR r.rolcreatedb OR r.rolcreaterole OR r.rolinherit,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
  FROM pg_roles r WHERE r.rolname = ANY(%(roles)s)
"""


@dataclass(frozen=True, slots=True)
class Rights:
    """``held``: (kind, name, who) → rights. ``role_is_bare``: it cannot sign in and has nothing from elsewhere."""

    held: dict[tuple[str, str, str], set[str]]
    role_is_there: bool
    role_is_bare: bool


@dataclass(frozen=True, slots=True)
class WrongRight:
    kind: str  # SCHEMA, TABLE, SEQUENCE, COLUMN or ROLE
    name: str
    who: str
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def repair(self) -> list[str]:
        if self.kind == "ROLE":
            return [
                f"-- vai trò {self.name} sai thuộc tính hoặc thiếu; xem pg_roles và pg_auth_members, sửa bằng tay"
            ]
        table, _, column = self.name.partition(".")
        on = f"ON {self.kind} {self.name}" if self.kind != "COLUMN" else f"({column}) ON TABLE {table}"
        made = [f"GRANT {', '.join(self.missing)} {on} TO {self.who};"] if self.missing else []
        return made + ([f"REVOKE {', '.join(self.extra)} {on} FROM {self.who};"] if self.extra else [])


def read_rights(cursor: Any, roles: dict[str, str]) -> dict[str, Rights]:
    """``roles``: schema → its tenant's role. Two statements, whatever the number of schemas."""
    held: dict[str, dict[tuple[str, str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    cursor.execute(_RIGHTS, {"schemas": list(roles)})
    for schema, kind, name, who, right in cursor.fetchall():
        held[schema][kind, name, who].add(right)
    cursor.execute(_ROLES, {"roles": list(roles.values())})
    known = {name: not (may_more or is_member) for name, may_more, is_member in cursor.fetchall()}
    return {
        schema: Rights(dict(held[schema]), role in known, known.get(role, False))
        for schema, role in roles.items()
    }


def list_wrong_rights(
    schema: str, role: str, rights: Rights, objects: Iterable[tuple[str, str]]
) -> list[WrongRight]:
    """``objects``: (kind, name) of every table and sequence that the release makes."""
    expected = {("SCHEMA", schema, role): _USAGE}
    for kind, name in objects:
        expected[kind.upper(), name, role] = _USAGE if kind == "sequence" else _of_table(name)
    wrong = []
    for key in sorted({*expected, *rights.held}):
        wanted, there = expected.get(key, frozenset()), rights.held.get(key, set())
        if wanted != there:
            wrong.append(WrongRight(*key, tuple(sorted(wanted - there)), tuple(sorted(there - wanted))))
    if not (rights.role_is_there and rights.role_is_bare):
        wrong.insert(0, WrongRight("ROLE", role, role))
    return wrong


def _of_table(name: str) -> frozenset[str]:
    if name == "django_migrations":
        return _READ
    return _ADD if name in settings.TENANT_APPEND_ONLY_TABLES else _WRITE
