"""After a merge both houses work on as one: one merge of two lived-in provinces, looked at from every side."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.audit.selectors import list_entries
from apps.deadlines import selectors as deadline_questions
from apps.deadlines import services as deadlines
from apps.dossiers import selectors as dossiers
from apps.dossiers import services
from apps.dossiers.enums import Status
from apps.dossiers.errors import DutyMissing
from apps.dossiers.models import Component, Dossier
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.organisations import selectors as organisations
from apps.procedures import selectors as procedures
from apps.workflow import selectors as workflow
from kernel.actors import SYSTEM
from kernel.files.models import StoredFile
from kernel.files.selectors import open_file
from kernel.outbox.models import OutboxEvent
from tenants.provisioning.merging.telling import tell
from tenants.provisioning.models import LongJob
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import TenantAlias
from tests.lived_in import People
from tests.platform.project.merging.conftest import (
    GROUND,
    NOW,
    ask,
    fresh,
    merge,
    put_files_into,
    rows_of,
    two_provinces,
)


@pytest.fixture(autouse=True)
def _empty_cache_and_own_files(files):
    """Instead of a folder a test: the merged provinces keep theirs for the whole module."""
    put_files_into(files)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("merged") / "files"


@pytest.fixture(scope="module")
def merged(django_db_setup, django_db_blocker, files):
    """The pair, with what each schema held before and what the merge reported."""
    with django_db_blocker.unblock():
        put_files_into(files)
        with two_provinces() as pair:
            pair.before = {code: rows_of(code) for code in ("y08", "y21")}
            pair.report = merge(pair)
            pair.after = {code: rows_of(code) for code in ("y08", "y21")}
            yield pair


@pytest.fixture
def house(merged, django_db_blocker):
    with django_db_blocker.unblock(), tenant_context(fresh(merged).staying):
        yield merged


def _old(house, sql):
    return ask(sql.replace("<from>", "y08").replace("<work>", "merge_y08_into_y21"))


def test_every_table_balances_and_the_source_is_untouched(house):
    assert house.report.done
    assert house.report.wrong == []
    assert house.after["y08"] == house.before["y08"]
    counts = {one.table: one for one in house.report.tables}
    assert set(counts) == set(house.before["y08"])
    assert (counts["dossiers_dossier"].from_before, counts["dossiers_dossier"].moved) == (9, 8)
    for table, one in counts.items():
        assert one.into_after == len(house.before["y21"][table]) + one.moved, table
        assert one.into_after == len(house.after["y21"][table]), table
    assert counts["workflow_processdefinition"].moved == 0  # the same processes: nothing twice
    assert counts["audit_entry"].moved + sum(counts["audit_entry"].left.values()) == len(
        house.before["y08"]["audit_entry"]
    )


def test_nothing_of_the_staying_province_changed(house):
    for table, rows in house.before["y21"].items():
        assert set(rows) <= set(house.after["y21"][table]), table


def test_registry_knows_who_went_where(house):
    with central_context():
        going, staying = fresh(house).going, fresh(house).staying
        assert (going.state, going.successor_id) == ("RETIRED", staying.id)
        assert TenantAlias.objects.get(code="Y08").tenant_id == staying.id
        assert TenantAlias.objects.get(code="Y08").ground == GROUND
        job = LongJob.objects.get(kind="MERGE")
        assert (job.state, job.report["done"], job.asked["into"]) == ("DONE", True, "Y21")


def test_dossiers_keep_code_secret_public_id_and_due_date(house):
    for public_id, code, secret, status, due_at in _old(
        house,
        "SELECT public_id, code, secret, status, due_at FROM <from>.dossiers_dossier WHERE code LIKE 'Y08%'",
    ):
        dossier = Dossier.objects.get(public_id=public_id)
        assert (dossier.code, dossier.secret, dossier.status, dossier.due_at) == (
            code,
            secret,
            status,
            due_at,
        )
        assert code.startswith("Y08.")
        found = dossiers.find_public_status(code=code, secret=secret)
        assert found is not None
        assert found.receiving_unit_name.startswith("Trung tâm Phục vụ")
        assert dossiers.find_public_status(code=code, secret="SAI") is None


def test_the_same_username_gets_the_old_code_behind_it_and_is_reported(house):
    assert ("accounts_user", "tiepnhan", "tiepnhan.y08") in house.report.renamed
    newcomer = accounts.find_user_by_username("tiepnhan.y08")
    assert newcomer.id != accounts.find_user_by_username("tiepnhan").id
    assert organisations.get_unit(newcomer.unit_id).code == "Y08.101"


def test_the_platforms_own_probe_stays_behind(house):
    assert len(ask("SELECT 1 FROM y21.organisations_unit WHERE kind = 'PROBE'")) == 1
    assert accounts.find_user_by_username("kiem-tra.y08") is None
    probes = ask("SELECT id FROM y21.dossiers_dossier WHERE code LIKE 'X99%'")
    assert len(probes) == 1
    for table in ("workflow_run", "workflow_step", "documents_issueddocument", "fees_feeline"):
        assert ask(f"SELECT count(*) FROM y21.{table} t LEFT JOIN y21.dossiers_dossier d ON d.id = t.subject_id"
                   " WHERE d.id IS NULL")[0][0] == 0  # fmt: skip


def test_the_old_tree_hangs_below_the_root_that_stays(house):
    root = organisations.get_unit_by_code("Y21", on=NOW.date())
    old_root = organisations.get_unit_by_code("Y08", on=NOW.date())
    ward = organisations.get_unit_by_code("Y08.101", on=NOW.date())
    assert (old_root.parent_id, old_root.successor_id) == (root.id, root.id)
    assert old_root.valid_to == NOW.date() - timedelta(days=1)
    assert old_root.path == f"{root.path}{old_root.id}/"
    assert ward.path == f"{old_root.path}{ward.id}/"
    assert ward.is_open(NOW.date())


def test_steps_runs_and_clocks_point_to_the_new_units(house):
    paths = dict(ask("SELECT id, path FROM y21.organisations_unit"))
    for unit_id, path in ask("SELECT unit_id, unit_path FROM y21.workflow_step"):
        assert paths[unit_id] == path
    for (used,) in ask("SELECT units FROM y21.workflow_run"):
        assert set(json.loads(used).values()) <= set(paths)
    for unit_id, chain in ask("SELECT unit_id, unit_chain FROM y21.deadlines_clock"):
        above = [int(part) for part in reversed(paths[unit_id].strip("/").split("/"))]
        assert json.loads(chain) == above[: len(json.loads(chain))]


def test_the_trail_tells_the_same_of_the_same_people(house):
    for old_id, public_id in _old(
        house, "SELECT id, public_id FROM <from>.dossiers_dossier WHERE code LIKE 'Y08%'"
    ):
        told = _old(
            house,
            f"SELECT at, action, actor_name FROM <from>.audit_entry WHERE subject_type = 'dossier'"
            f" AND subject_id = {old_id} ORDER BY id",
        )
        now_told = list_entries(
            subject_type="dossier", subject_id=Dossier.objects.get(public_id=public_id).id
        )
        assert [(entry.at, entry.action, entry.actor_name) for entry in now_told] == told
    for subject_id, actor_id, actor_name in ask(
        "SELECT subject_id, actor_id, actor_name FROM y21.audit_entry"
        " WHERE actor_kind = 'STAFF' AND actor_id IS NOT NULL"
    ):
        assert accounts.get_names({actor_id})[actor_id] == actor_name
        assert subject_id is not None


def test_files_are_there_under_the_key_of_the_new_house(house):
    moved = _old(house, "SELECT public_id, sha256 FROM <from>.files_storedfile")
    assert len(moved) == 8  # with the probe's, which belongs to nothing
    for public_id, _sha256 in moved:
        row = StoredFile.objects.get(public_id=public_id)
        assert row.key.startswith("y21/")
        with open_file(row).stream as stream:
            assert stream.read(8) == b"%PDF-1.4"


def test_the_law_that_stays_is_in_force_and_dossiers_keep_the_one_they_were_born_under(house):
    own = {row[0] for row in ask("SELECT id FROM y21.procedures_adoptedversion WHERE in_force_to IS NULL")}
    assert procedures.get_version_in_force("1.001193", NOW.date()).id in own
    for code, version_code, in_force_from, in_force_to, state in ask(
        "SELECT d.procedure_code, v.procedure_code, v.in_force_from, v.in_force_to, v.state"
        "  FROM y21.dossiers_dossier d JOIN y21.procedures_adoptedversion v ON v.id = d.procedure_id"
        " WHERE d.code LIKE 'Y08%'"
    ):
        assert (code, state, in_force_to) == (version_code, "RETIRED", in_force_from)


def test_due_dates_stand_when_the_calendar_is_reckoned_again(house):
    """Y08 has a day off of its own: its old units keep it, Y21's do not get it."""
    before = dict(ask("SELECT subject_id, due_at FROM y21.deadlines_clock"))
    outcome = deadlines.recompute_after_calendar_change(by=SYSTEM, now=NOW + timedelta(minutes=1))
    assert (outcome.moved, outcome.stuck) == ([], [])
    assert dict(ask("SELECT subject_id, due_at FROM y21.deadlines_clock")) == before
    old_ward = organisations.get_unit_by_code("Y08.101", on=NOW.date())
    own_ward = organisations.get_unit_by_code("Y21.101", on=NOW.date())
    festival = [
        day
        for day in deadline_questions.list_calendar_days(year=2026, unit_id=None)
        if day.name == "Ngày hội tỉnh"
    ]
    assert [organisations.get_unit(day.unit_id).code for day in festival] == ["Y08"]
    old, own = (deadline_questions.get_calendar(unit_id=unit.id) for unit in (old_ward, own_ward))
    assert festival[0].date.toordinal() in old.exceptions
    assert festival[0].date.toordinal() not in own.exceptions


def test_clerks_of_both_go_on_working(house):
    later = NOW + timedelta(days=1, hours=1)

    def actor(username):
        return accounts.get_actor(accounts.find_user_by_username(username).id, on=timezone.localdate(later))

    def complete(dossier, username):
        by = actor(username)
        step = next(
            one for one in workflow.list_open_steps(dossier.id) if workflow.can_complete_step(by, one)
        )
        decision = step.decisions[0].code if step.decisions else None
        services.complete_step(
            dossier_id=dossier.id, step_id=step.public_id, decision=decision, by=by, now=later
        )

    def finish(dossier, tail):
        complete(dossier, f"lanhdao{tail}")
        services.record_result(
            dossier_id=dossier.id,
            result=ResultIn(code="KQ.G15.000031", name="Giấy khai sinh", number=f"9{tail}/2026",
                            signed_by_name="Hoàng Thị Chủ Tịch", signed_on=later.date()),
            by=actor(f"vanthu{tail}"),
            now=later,
        )  # fmt: skip
        complete(dossier, f"vanthu{tail}")
        services.return_result(
            dossier_id=dossier.id,
            hand_over=HandOver(
                method="DESK", receiver_name="Nguyễn Văn Bình", receiver_identity="052090001234"
            ),
            by=actor(f"traketqua{tail}"),
            now=later,
        )
        dossier.refresh_from_db()
        assert dossier.status == Status.RETURNED

    for code, tail in (("Y08", ".y08"), ("Y21", "")):
        under_way = (
            Dossier.objects.filter(code__startswith=code, status=Status.PROCESSING).order_by("id").first()
        )
        finish(under_way, tail)
    waiting = Dossier.objects.get(code__startswith="Y08", status=Status.AWAITING_SUPPLEMENT)
    services.receive_supplement(dossier_id=waiting.id, by=actor("tiepnhan.y08"), now=later)
    waiting.refresh_from_db()
    finish(waiting, ".y08")
    # The clerks of one province do nothing in the other's wards.
    own = Dossier.objects.get(code__startswith="Y21", status=Status.SUBMITTED)
    old = Dossier.objects.get(code__startswith="Y08", status=Status.SUBMITTED)
    for dossier, clerk in ((own, "tiepnhan.y08"), (old, "tiepnhan")):
        with pytest.raises(DutyMissing):
            services.accept(dossier_id=dossier.id, by=actor(clerk), now=later)


def test_new_dossiers_of_the_old_wards_are_born_under_the_new_law_with_numbers_that_go_on(house):
    class Newcomers(People):
        def actor(self, username):
            return super().actor(f"{username}.y08")

    people = Newcomers(fresh(house).going, NOW)
    dossier = people.hand_in()
    assert dossier.code == "Y08.101.01-261123-0009"  # the counter of the day came along
    people.accept(dossier)
    dossier.refresh_from_db()
    assert dossier.procedure_id == procedures.get_version_in_force("1.001193", NOW.date()).id
    assert Component.objects.filter(dossier=dossier).count() == 2
    numbers = ask(
        "SELECT form, unit_id, year, ordinal, count(*) FROM y21.documents_issueddocument GROUP BY 1, 2, 3, 4"
    )
    assert {count for *_, count in numbers} == {1}


def test_news_that_waited_is_told_of_the_right_dossier(house):
    codes = {dossier.id: dossier.code for dossier in Dossier.objects.all()}
    waiting = [one.payload for one in OutboxEvent.objects.filter(payload__has_key="dossier_id")]
    assert len(waiting) > 10
    assert all(codes[payload["dossier_id"]] == payload["code"] for payload in waiting)


def test_the_report_is_a_page_that_says_what_is_left_to_do(house):
    page = tell(house.report)
    assert "# Đối soát việc nhập Y08 vào Y21" in page
    assert "Kết quả: khớp." in page
    assert "| Y21 sau | Y21 tự thêm |" in page
    assert "Y21 sau" not in tell(house.report, preview=True)
    assert "tiepnhan → tiepnhan.y08" in page
    assert "đăng nhập ở địa chỉ của Y21" in page
    assert "052090001234" not in page
    assert "Nguyễn Văn Bình" not in page


def test_a_second_merge_of_the_same_is_refused(house):
    with pytest.raises(Exception, match=r"merge\.already_merged"):
        call_command("tenant", "merge", "Y08", "Y21", "--ground", GROUND, "--confirm", "Y08")
