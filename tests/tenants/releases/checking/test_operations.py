"""What old code cannot live with is found by the models before and after, and what it can live with passes."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.state import ProjectState
from django.db.models import Q

from tenants.releases.checking.findings import Rule
from tenants.releases.checking.ground import Ground
from tenants.releases.checking.operations import judge

APP = "organisations"
OLD = [
    migrations.CreateModel("Office", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Person",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=100)),
            ("note", models.CharField(max_length=50, null=True)),
            ("number", models.BigIntegerField()),
            ("small", models.IntegerField(db_default=0)),
            ("money", models.DecimalField(max_digits=10, decimal_places=2)),
            ("text", models.TextField()),
            ("state", models.CharField(max_length=9)),
            ("office_id_plain", models.BigIntegerField(null=True)),
            ("friends", models.ManyToManyField("self")),
        ],
        options={
            "constraints": [models.CheckConstraint(condition=Q(state__in=["A", "B"]), name="state_is_known")]
        },
    ),
]


def _judge(*new) -> list[Rule]:
    state = ProjectState()
    for operation in OLD:
        operation.state_forwards(APP, state)
    ground = Ground(state.clone())
    found = []
    for operation in new:
        before = state.clone()
        operation.state_forwards(APP, state)
        found += [problem.rule for problem in judge(operation, APP, before, state, ground)]
    return found


def _add(name="extra", **facts):
    return migrations.AddField("person", name, models.CharField(max_length=9, **facts))


def _alter(name, field):
    return migrations.AlterField("person", name, field)


def _check(condition, name="rule"):
    return migrations.AddConstraint("person", models.CheckConstraint(condition=condition, name=name))


def _unique(*fields, **facts):
    return migrations.AddConstraint("person", models.UniqueConstraint(fields=fields, name="one", **facts))


INDEX = models.Index(fields=["name"], name="by_name")
BREAKING = {
    "a dropped table": migrations.DeleteModel("Person"),
    "a renamed table": migrations.RenameModel("Person", "Human"),
    "a table under another name": migrations.AlterModelTable("person", "people"),
    "a dropped column": migrations.RemoveField("person", "note"),
    "a dropped table of many to many": migrations.RemoveField("person", "friends"),
    "a renamed column": migrations.RenameField("person", "note", "remark"),
    "a column under another name": _alter(
        "note", models.CharField(max_length=50, null=True, db_column="rem")
    ),
    "a required column with Django's default only": _add(default="x"),
    "a required column without any": _add(),
    "null to not null": _alter("note", models.CharField(max_length=50, default="")),
    "a lost database default": _alter("small", models.IntegerField(default=0)),
    "shorter letters": _alter("name", models.CharField(max_length=99)),
    "text to letters": _alter("text", models.CharField(max_length=9999)),
    "big to small integer": _alter("number", models.IntegerField()),
    "fewer decimals": _alter("money", models.DecimalField(max_digits=10, decimal_places=1)),
    "fewer digits before the point": _alter("money", models.DecimalField(max_digits=10, decimal_places=3)),
    "another type": _alter("text", models.JSONField()),
    "a check by the type": _alter("number", models.PositiveBigIntegerField()),
    "a check on old columns": _check(Q(number__gt=0)),
    "a check that takes a value away": _check(Q(state__in=["A"]), "state_is_known"),
    "a unique constraint": _unique("name"),
    "a unique column": _alter("name", models.CharField(max_length=100, unique=True)),
    "unique together": migrations.AlterUniqueTogether("person", {("name", "number")}),
    "a foreign key": _alter(
        "office_id_plain",
        models.ForeignKey("organisations.office", models.PROTECT, null=True, db_column="office_id_plain"),
    ),
    "SQL that drops a column": migrations.RunSQL("ALTER TABLE organisations_person DROP COLUMN note"),
    "SQL that drops a table": migrations.RunSQL("DROP TABLE organisations_person"),
    "SQL that renames": migrations.RunSQL("ALTER TABLE organisations_person RENAME COLUMN note TO remark"),
    "SQL that requires": migrations.RunSQL("ALTER TABLE organisations_person ALTER note SET NOT NULL"),
    "SQL that changes a type": migrations.RunSQL(
        "ALTER TABLE organisations_person ALTER COLUMN number TYPE int"
    ),
    "SQL that adds a constraint": migrations.RunSQL(
        "ALTER TABLE organisations_person ADD CONSTRAINT c CHECK (true)"
    ),
    "SQL that adds a required column": migrations.RunSQL(
        "ALTER TABLE organisations_person ADD COLUMN x int NOT NULL"
    ),
    "SQL with a trigger": migrations.RunSQL(
        "CREATE TRIGGER keep BEFORE UPDATE ON organisations_person FOR EACH ROW EXECUTE FUNCTION f()"
    ),
    "in a list": migrations.RunSQL(["SELECT 1", "ALTER TABLE organisations_person DROP COLUMN note"]),
    "hidden in a separate operation": migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RemoveField("person", "note")]
    ),
}
LOCKING = {
    "an index": migrations.AddIndex("person", INDEX),
    "an index by the column": _alter("name", models.CharField(max_length=100, db_index=True)),
    "an index of a new column": _add(null=True, db_index=True),
    "the index of a foreign key": migrations.AddField(
        "person", "office", models.ForeignKey("organisations.office", models.PROTECT, null=True)
    ),
    "a table written anew": _alter("small", models.BigIntegerField(db_default=0)),
    "SQL with an index": migrations.RunSQL("CREATE INDEX slow ON organisations_person (name)"),
    "SQL over all rows": migrations.RunSQL("UPDATE organisations_person SET note = '' WHERE note IS NULL"),
}
HARMLESS = {
    "a new table": migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    "an empty column": _add(null=True),
    "a column with a database default": _add(db_default=""),
    "a new table of many to many": migrations.AddField(
        "person", "offices", models.ManyToManyField("organisations.office")
    ),
    "longer letters": _alter("name", models.CharField(max_length=101)),
    "letters to text": _alter("name", models.TextField()),
    "more digits": _alter("money", models.DecimalField(max_digits=12, decimal_places=2)),
    "not null to null": _alter("name", models.CharField(max_length=100, null=True)),
    "other words only": _alter(
        "name", models.CharField(max_length=100, verbose_name="Tên", choices=[("a", "A")])
    ),
    "another name for the same column": migrations.SeparateDatabaseAndState(
        state_operations=[migrations.RemoveField("person", "note")]
    ),
    "a check with one more value": _check(Q(state__in=["A", "B", "C"]), "state_is_known"),
    "a constraint taken away": migrations.RemoveConstraint("person", "state_is_known"),
    "an index without a lock": AddIndexConcurrently("person", INDEX),
    "SQL with an index without a lock": migrations.RunSQL(
        "CREATE INDEX CONCURRENTLY quick ON organisations_person (name)"
    ),
    "SQL that only speaks of it": migrations.RunSQL(
        "-- DROP TABLE organisations_person\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS "
        "$$ SELECT 'DROP TABLE organisations_person; UPDATE organisations_person' $$"
    ),
}


@pytest.mark.parametrize("what", BREAKING)
def test_judge_finds_what_breaks_old_code(what):
    assert Rule.BREAKS in _judge(BREAKING[what])


@pytest.mark.parametrize("what", LOCKING)
def test_judge_finds_what_holds_everybody_up(what):
    assert _judge(LOCKING[what]) == [Rule.LOCKS]


@pytest.mark.parametrize("what", LOCKING)
def test_judge_lets_small_tables_be_locked(what, settings):
    settings.SMALL_TABLES = {"organisations.Person": "a test"}
    assert _judge(LOCKING[what]) == []


@pytest.mark.parametrize("what", HARMLESS)
def test_judge_lets_pass_what_old_code_lives_with(what):
    assert _judge(HARMLESS[what]) == []


def test_judge_knows_what_was_born_in_this_release():
    born = migrations.CreateModel(
        "New",
        [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9, null=True))],
    )
    assert (
        _judge(
            born,
            migrations.AddField("new", "more", models.CharField(max_length=9)),
            migrations.AlterField("new", "name", models.CharField(max_length=3)),
            migrations.AddIndex("new", models.Index(fields=["name"], name="of_new")),
            migrations.RunSQL("CREATE TRIGGER t BEFORE UPDATE ON organisations_new EXECUTE FUNCTION f()"),
            migrations.RemoveField("new", "name"),
            migrations.RenameModel("New", "Newer"),
            migrations.AddConstraint("newer", models.UniqueConstraint(fields=["more"], name="u")),
            migrations.DeleteModel("Newer"),
        )
        == []
    )
    assert _judge(_add(null=True), migrations.RenameField("person", "extra", "more")) == []
    assert _judge(_add(null=True), migrations.RemoveField("person", "extra")) == []


def test_judge_is_not_deceived_by_a_column_that_becomes_required_later_in_the_release():
    assert _judge(_add(null=True), _alter("extra", models.CharField(max_length=9, default=""))) == [
        Rule.BREAKS
    ]


def test_judge_works_a_check_out_with_what_old_code_leaves_in_new_columns():
    ring = _add("ring", db_default="GENERAL")
    assert _judge(ring, _check(Q(ring__in=["GENERAL", "PILOT"]))) == []
    assert _judge(ring, _check(Q(ring__in=["PILOT"]))) == [Rule.BREAKS]
    assert _judge(ring, _check(~Q(number=1, ring="PILOT"))) == []
    assert _judge(ring, _check(Q(number=1) | Q(ring="PILOT"))) == [Rule.BREAKS]
    empty = _add("end", null=True)
    assert _judge(empty, _check(Q(end__isnull=True) | Q(state="B"))) == []
    assert _judge(empty, _check(Q(end__isnull=False))) == [Rule.BREAKS]


def test_judge_lets_a_unique_constraint_stand_that_takes_no_old_row_in(settings):
    settings.SMALL_TABLES = {"organisations.Person": "a test"}
    assert _judge(_add("key", null=True), _unique("name", "key")) == []
    assert _judge(_add("key", db_default="A"), _unique("name", condition=Q(key="B"))) == []
    assert _judge(_add("key", db_default="A"), _unique("name", condition=Q(key="A"))) == [Rule.BREAKS]
    assert _judge(_add("key", null=True), _unique("key", nulls_distinct=False)) == [Rule.BREAKS]
