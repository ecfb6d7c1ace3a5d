"""Which schemas are made alike, in a fifth of the time that their fingerprints take.

A fingerprint has PostgreSQL write every definition out; a likeness takes the
catalogue's rows as they are stored. Two schemas of one database with the same
likeness have the same fingerprint. The reverse does not hold: a column that was
added later stands elsewhere, and what is stored with the number of an object of
the schema's own is never alike. Nothing is remembered here: it is read anew
each time.
"""

from collections.abc import Iterable
from typing import Any

# What is said of each object is everything that its definition in shape.py is written from: a column of the catalogue
# may be missing here only if no definition tells of it. Numbers of other objects stay numbers where a schema has
# no such objects of its own (types, operators, collations); a wrong guess costs a second look and nothing else.
# The hash of a record is a linear sum of those of its fields: columns that changed places would cancel out in a sum of
# records. Each is hashed once more; then a sum tells them apart, and nothing has to be sorted.
_LIKENESSES = """
WITH n AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY(%(schemas)s)),
d AS MATERIALIZED (SELECT DISTINCT n.nspname, n.oid AS namespace, d.classid, d.objid FROM n JOIN pg_depend d
          ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid),
c AS MATERIALIZED (SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, d.nspname, d.namespace
        FROM d JOIN pg_class c ON c.oid = d.objid WHERE d.classid = 'pg_class'::regclass AND c.relkind <> 'S'),
i AS MATERIALIZED (SELECT c.namespace, c.relname AS of, x.oid, x.relname, x.relam, x.reloptions, x.reltablespace,
                          i.indnkeyatts, i.indisunique, i.indnullsnotdistinct, i.indisexclusion, i.indisvalid,
                          i.indkey, i.indcollation, i.indclass, i.indoption, i.indexprs, i.indpred
        FROM c JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid),
pieces AS (
SELECT namespace, hash_record_extended(ROW(relname, relkind, relpersistence, relrowsecurity), 1) AS hash
  FROM c WHERE relkind IN ('r', 'v', 'p', 'm')
UNION ALL
SELECT namespace, hash_record_extended(ROW(c.relname, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
                                           a.attidentity, a.attgenerated, a.attcollation), 2)
  FROM c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'v', 'p', 'm')
UNION ALL
SELECT namespace, hash_record_extended(ROW(c.relname, d.adnum, d.adbin::text), 3)
  FROM c JOIN pg_attrdef d ON d.adrelid = c.oid
UNION ALL
SELECT namespace, hash_record_extended(ROW(c.relname, s.seqtypid, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                                           s.seqcache, s.seqcycle), 4)
  FROM d JOIN pg_class c ON c.oid = d.objid JOIN pg_sequence s ON s.seqrelid = c.oid
 WHERE d.classid = 'pg_class'::regclass
UNION ALL
SELECT namespace,
       hash_record_extended(ROW(c.relname, k.conname, k.contype, k.condeferrable, k.condeferred, k.convalidated,
                                k.connoinherit, k.conkey, k.confkey,
                                CASE WHEN k.confrelid <> 0 THEN (
                                  SELECT concat_ws('.', nullif(f.relnamespace, c.namespace), f.relname)
                                    FROM pg_class f WHERE f.oid = k.confrelid) END,
                                k.confupdtype, k.confdeltype, k.confmatchtype, k.confdelsetcols,
                                k.conpfeqop, k.conexclop, k.conbin::text{newer}), 5)
  FROM c JOIN pg_constraint k ON k.conrelid = c.oid
 WHERE k.contype <> 'n' AND k.contype <> 't'
UNION ALL
SELECT namespace,
       hash_record_extended(ROW(of, relname, relam, reloptions, reltablespace, indnkeyatts, indisunique,
                                indnullsnotdistinct, indisexclusion, indisvalid, indkey::text, indcollation, indclass,
                                indoption::text, indexprs::text, indpred::text), 6)
  FROM i
UNION ALL
SELECT namespace, hash_record_extended(ROW(i.relname, a.attnum, a.attoptions), 7)
  FROM i JOIN pg_attribute a ON a.attrelid = i.oid AND a.attoptions IS NOT NULL
UNION ALL
SELECT namespace,
       hash_record_extended(ROW(c.relname, t.tgname, t.tgtype, t.tgenabled, p.proname,
                                CASE WHEN p.pronamespace <> c.namespace THEN p.pronamespace END,
                                t.tgattr::text, t.tgargs, t.tgqual::text, t.tgdeferrable, t.tginitdeferred,
                                t.tgoldtable, t.tgnewtable, t.tgconstraint, t.tgconstrrelid), 8)
  FROM c JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
UNION ALL
SELECT namespace, hash_record_extended(ROW(pg_get_function_identity_arguments(p.oid),
                                           replace(pg_get_functiondef(p.oid), d.nspname || '.', '')), 9)
  FROM d JOIN pg_proc p ON p.oid = d.objid WHERE d.classid = 'pg_proc'::regclass AND p.prokind IN ('f', 'p')
),
sums AS (
SELECT namespace, count(*) AS pieces, sum(hashint8extended(hash, 1)) AS first, sum(hashint8extended(hash, 2)) AS second
  FROM pieces GROUP BY namespace
)
SELECT n.nspname, concat_ws(' ', pieces, first, second) FROM sums JOIN n ON n.oid = sums.namespace
"""
_NEWER = ", k.conenforced, k.conperiod"  # PostgreSQL 18


def read_likenesses(cursor: Any, schemas: Iterable[str]) -> dict[str, str]:
    """A word for each schema, the same for those that are made alike; none for one that is absent or empty.

    ``search_path`` is the caller's, as in shape.py: empty.
    """
    newer = _NEWER if cursor.connection.info.server_version >= 180000 else ""
    cursor.execute(_LIKENESSES.replace("{newer}", newer), {"schemas": list(schemas)})
    return dict(cursor.fetchall())
