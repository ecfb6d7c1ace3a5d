"""``release check`` over a line of manifests whose newest has one migration more."""

import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from tenants.provisioning import migrating
from tenants.releases.checking.findings import Rule
from tenants.releases.checking.releases import check_releases
from tenants.releases.drafting import draft_newest
from tenants.releases.manifests import forget_manifests, list_manifests

MIGRATION = """from django.db import migrations, models


def fill(apps, editor):
    pass


class Migration(migrations.Migration):
    dependencies = [("audit", "{last}")]
    operations = [
        migrations.AddField("entry", "harmless", models.TextField(null=True)),
        {operation},
    ]
"""
DROP = 'migrations.RemoveField("entry", "action")'


@pytest.fixture
def line(tmp_path, settings, monkeypatch):
    """Writes a release after the newest, with one migration of ``audit`` more; forgotten afterwards."""
    folder, package = tmp_path / "releases", tmp_path / f"more_{tmp_path.name}"
    folder.mkdir()
    package.mkdir()
    for manifest in list_manifests():
        (folder / manifest.file.name).write_text(manifest.file.read_text())
    for file in Path(configured.ROOT, "apps/audit/migrations").glob("*.py"):
        (package / file.name).write_text(file.read_text())
    monkeypatch.syspath_prepend(tmp_path)
    last = list_manifests()[-1]
    settings.RELEASE_MANIFESTS = folder

    def write(operation: str, contract: str = "", serves: str = last.name) -> Path:
        (package / "9999_more.py").write_text(
            MIGRATION.format(last=last.leaves["audit"], operation=operation)
        )
        settings.MIGRATION_MODULES = {"audit": package.name}
        migrating._leaves_in_code.cache_clear()
        made = folder / "2099.1.1.toml"
        made.write_text(
            f'name = "2099.1.1"\ntitle = "t"\nnotes = "n"\nserves_code_from = "{serves}"\n'
            f'needs_schema_from = "{last.name}"\n{contract}\n[leaves]\n\n[centre]\n'
        )
        forget_manifests()
        draft_newest()
        return made

    yield write
    migrating._leaves_in_code.cache_clear()
    forget_manifests()
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]


def _contract(since: str) -> str:
    return f'[[contract]]\nmigration = "audit.9999_more"\nsince = "{since}"\nwhy = "a test"\n'


def test_the_releases_of_the_house_are_sound():
    assert check_releases() == []


def test_check_releases_names_file_and_line_and_what_to_do(line):
    line(DROP)
    (finding,) = check_releases()
    assert finding.rule is Rule.BREAKS
    assert finding.where.endswith("/9999_more.py:12")
    assert "audit.entry.action" in finding.said
    assert "[[contract]]" in finding.said


def test_check_releases_lets_a_declared_contract_pass(line):
    line(DROP, _contract(list_manifests()[-1].name))
    assert check_releases() == []


def test_check_releases_wants_old_code_gone_before_a_contract(line):
    first, *_, last = [manifest.name for manifest in list_manifests()]
    line(DROP, _contract(last), serves=first)
    assert "serves_code_from phải từ" in str(check_releases()[0])
    line(DROP, _contract("2099.1.1"))
    assert "since phải là một bản trước đó" in str(check_releases()[0])
    line("migrations.RunSQL('SELECT 1')", serves="2099.1.1")
    assert "bản mở rộng" in str(check_releases()[0])


def test_check_releases_refuses_what_cannot_be_replayed(line):
    line("migrations.RunPython(fill)")
    (finding,) = check_releases()
    assert (finding.rule, finding.where[-2:]) == (Rule.REPLAY, "12")
    assert "BatchedUpdate" in finding.said


def test_check_releases_finds_a_manifest_that_is_not_the_code(line):
    manifest = line("migrations.RunSQL('SELECT 1')")
    manifest.write_text(manifest.read_text().replace("9999_more", list_manifests()[0].leaves["audit"]))
    forget_manifests()
    (finding,) = check_releases()
    assert "release draft" in finding.said
    assert "audit" in finding.said
    manifest.write_text(manifest.read_text().replace("0002_append_only", "0404_absent"))
    forget_manifests()
    assert "mà mã nguồn không có" in "".join(map(str, check_releases()))


def test_draft_newest_keeps_what_is_declared(line):
    manifest = line("migrations.RunSQL('SELECT 1')", _contract("2026.11.1"))
    assert '[[contract]]\nmigration = "audit.9999_more"' in manifest.read_text()
    assert draft_newest() == []


def test_release_check_fails_the_build_with_every_finding(line, capsys):
    call_command("release", "check")
    assert "không có migration nào làm hỏng" in capsys.readouterr().out
    line(DROP)
    with pytest.raises(CommandError, match="1 điều"):
        call_command("release", "check")
    assert "9999_more.py:12: [breaks]" in capsys.readouterr().out
