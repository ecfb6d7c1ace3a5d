"""The check against a real server: what it does, what it leaves, and what it says when something is broken."""

import socket

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from apps.accounts.lockout import ATTEMPTS_PER_NAME, count_attempt
from apps.accounts.models import DutyAssignment, User
from apps.dossiers.enums import Status
from apps.dossiers.models import CodeCounter, Dossier
from apps.notifications.models import Message
from apps.organisations.enums import UnitKind
from apps.organisations.models import Unit
from kernel.outbox.models import OutboxEvent
from project.smoke.check import Step, run_check
from project.smoke.measure import read_smoke
from project.smoke.probing import USERNAME, ProbeBusy, probe
from project.smoke.wire import NoServer
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.selectors import get_tenant
from tenants.releases.gates import Noted

ALL = [Step.REACH, Step.SIGN_IN, Step.INBOX, Step.SUBMIT, Step.WITHDRAW, Step.SIGN_OUT]


def _steps(outcomes):
    return [(one.step, one.problem, one.left_out) for one in outcomes]


def test_run_check_goes_through_every_step_and_leaves_nothing_open(house, server, moment):
    outcomes = run_check(tenant=house, now=moment)
    assert _steps(outcomes) == [(step, "", "") for step in ALL]
    assert all(one.milliseconds > 0 for one in outcomes)
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.receiving_unit.kind) == (Status.STOPPED, UnitKind.PROBE)
    assert dossier.competent_unit_id == dossier.receiving_unit_id
    assert dossier.code.startswith("X99-")
    assert list(CodeCounter.objects.values_list("agency_code", flat=True)) == ["X99"]
    assert not OutboxEvent.objects.filter(name__startswith="dossiers.").exists()
    assert not Message.objects.exists()
    assert not User.objects.get(username=USERNAME).has_usable_password()
    assert not Unit.objects.get(kind=UnitKind.PROBE).receives
    assert not Session.objects.exists()
    with tenant_context(get_tenant("H26")):
        assert not Unit.objects.filter(kind=UnitKind.PROBE).exists()


def test_run_check_again_makes_nothing_but_its_dossier_anew(house, server, moment):
    run_check(tenant=house, now=moment)
    run_check(tenant=house, now=moment)
    assert Unit.objects.filter(kind=UnitKind.PROBE).count() == 1
    assert User.objects.filter(unit__kind=UnitKind.PROBE).count() == 1
    assert DutyAssignment.objects.filter(user__username=USERNAME).count() == 2
    assert [one.status for one in Dossier.objects.all()] == [Status.STOPPED, Status.STOPPED]


def test_run_check_gets_past_a_retired_account_and_a_locked_name(house, server, moment):
    run_check(tenant=house, now=moment)
    User.objects.filter(username=USERNAME).update(is_active=False)
    for _attempt in range(ATTEMPTS_PER_NAME):
        count_attempt(username=USERNAME, address=f"10.0.0.{_attempt}")
    assert _steps(run_check(tenant=house, now=moment)) == [(step, "", "") for step in ALL]


def test_run_check_says_which_step_broke(house, server, moment):
    """The inbox asks for whoever holds a step: without the column every inbox of this tenant is broken."""
    with as_owner(house.schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_step DROP COLUMN holder_id CASCADE")
    outcomes = run_check(tenant=house, now=moment)
    assert [one.step for one in outcomes] == [Step.REACH, Step.SIGN_IN, Step.INBOX]
    assert outcomes[-1].problem.startswith("máy chủ trả lời 500 (mã sự cố ")
    assert not User.objects.get(username=USERNAME).has_usable_password()
    assert read_smoke(house, moment, moment)["inbox"].value == 1.0


def test_run_check_says_when_the_dossier_could_not_be_handed_in(house, server, moment):
    with as_owner(house.schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_party DROP COLUMN address")
    outcomes = run_check(tenant=house, now=moment)
    assert [one.step for one in outcomes if one.problem] == [Step.SUBMIT]
    assert not Dossier.objects.exists()


def test_run_check_withdraws_what_an_earlier_one_left_open(house, server, moment):
    """Seen to fail with both calls of ``withdraw_probes`` taken out of ``probe``: the dossier stays SUBMITTED."""
    with as_owner(house.schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry ADD CONSTRAINT broken CHECK (action <> 'REQUEST_WITHDRAWAL')")
    outcomes = run_check(tenant=house, now=moment)
    assert [one.step for one in outcomes if one.problem] == [Step.WITHDRAW]
    assert Dossier.objects.get().status == Status.SUBMITTED  # the schema lets nobody withdraw it
    with as_owner(house.schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT broken")
    run_check(tenant=house, now=moment)
    assert [one.status for one in Dossier.objects.all()] == [Status.STOPPED, Status.STOPPED]


def test_run_check_leaves_out_what_a_tenant_without_procedures_cannot_do(throwaway_tenant, server, moment):
    outcomes = run_check(tenant=throwaway_tenant, now=moment)
    assert [(one.step, bool(one.left_out)) for one in outcomes] == [
        (step, step in (Step.SUBMIT, Step.WITHDRAW)) for step in ALL
    ]
    figures = read_smoke(throwaway_tenant, moment, moment)
    assert figures["submit"] == Noted(None, "Không thử: chưa có thủ tục đang áp dụng nào nộp thử được.")


def test_run_check_needs_a_server(house, settings, moment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        settings.SMOKE_ADDRESS = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(NoServer):
            run_check(tenant=house, now=moment)
        assert not Unit.objects.filter(kind=UnitKind.PROBE).exists()
        assert read_smoke(house, moment, moment)[""].value is None
        settings.SMOKE_REQUIRED = True
        assert read_smoke(house, moment, moment)[""].value == 1.0


def test_read_smoke_says_nothing_of_a_tenant_that_is_closed(gia_lai, server, moment):
    gia_lai.state = TenantState.SUSPENDED
    assert read_smoke(gia_lai, moment, moment) == {"": Noted(None, "Nơi này đang không mở.")}


def test_probe_is_alone_in_its_tenant(house, moment, django_db_blocker):
    """Seen to fail without the lock: the second takes the first one's password away."""
    # Imported late: a thread has a connection of its own.
    from concurrent.futures import ThreadPoolExecutor

    def second():
        try:
            with probe(tenant=house, address="127.0.0.1", now=moment):
                return "let in"
        except ProbeBusy as refused:
            return str(refused)
        finally:
            connection.close()

    with probe(tenant=house, address="127.0.0.1", now=moment) as first:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(second).result() == f"Một lần kiểm tra khác đang chạy ở {house.name}."
        with tenant_context(house):
            assert User.objects.get(username=first.username).check_password(first.password)


def test_smoke_command_prints_each_step(house, server, capsys):
    call_command("smoke", house.code)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == [str(step.label) for step in ALL]
    assert lines[-1].startswith(f"{house.name}: đạt, ")


def test_smoke_command_fails_with_the_step_that_broke(house, server, capsys):
    with as_owner(house.schema_name), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_step DROP COLUMN holder_id CASCADE")
    with pytest.raises(CommandError, match="kiểm tra không đạt"):
        call_command("smoke", house.code)
    assert "Mở danh sách việc" in capsys.readouterr().out.splitlines()[-1]


def test_smoke_command_knows_its_tenants(db):
    with pytest.raises(CommandError, match="Không có bộ, tỉnh mang mã H00"):
        call_command("smoke", "H00")
