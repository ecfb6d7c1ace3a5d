"""What the lint of migrations finds, and what it lets pass."""

from infra.lint import migrations


def _problems(tmp_path, operation: str, name: str = "0002_more.py", *, tenant_app: bool = True) -> list[str]:
    file = tmp_path / name
    file.write_text(f"operations = [\n    {operation},\n]\n")
    return list(migrations.problems_in(file, tenant_app=tenant_app))


def test_problems_in_refuses_python_in_tenants_only(tmp_path):
    assert "RunPython" in _problems(tmp_path, "migrations.RunPython(fill)", "0001_initial.py")[0]
    assert _problems(tmp_path, "migrations.RunPython(fill)", tenant_app=False) == []


def test_problems_in_wants_a_word_about_what_breaks_old_code(tmp_path):
    assert ":2: RemoveField" in _problems(tmp_path, "migrations.RemoveField('dossier', 'old')")[0]
    assert (
        _problems(tmp_path, "# contract: unused since 1.4\n    migrations.RemoveField('dossier', 'old')")
        == []
    )


def test_problems_in_wants_indexes_made_without_locking(tmp_path):
    sql = "migrations.RunSQL('CREATE INDEX slow ON dossiers_dossier (code)')"
    assert "CONCURRENTLY" in _problems(tmp_path, sql)[0]
    assert _problems(tmp_path, sql, "0001_initial.py") == []
    assert _problems(tmp_path, sql.replace("INDEX", "INDEX CONCURRENTLY")) == []
    assert "CONCURRENTLY" in _problems(tmp_path, "migrations.AddIndex('dossier', index)")[0]
    assert _problems(tmp_path, "migrations.AddIndex('unit', index)  # small table: a few hundred rows") == []


def test_the_migrations_of_the_house_are_clean():
    assert list(migrations.problems()) == []
