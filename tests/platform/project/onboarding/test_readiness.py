"""Each line of the ready list goes red by its own fault, and says what to do."""

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.accounts.models import DutyAssignment, FirstLink, User
from apps.deadlines.models import CalendarDay, WorkingHours
from apps.organisations.models import Unit
from apps.procedures.models import AdoptedVersion
from project.onboarding.links import issue_link
from project.onboarding.places import list_unfilled
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.errors import DataDropped
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive
from tenants.provisioning.onboarding.errors import TenantNotPreparing
from tenants.provisioning.onboarding.links import issue_first_links
from tenants.provisioning.onboarding.running import onboard
from tenants.provisioning.readiness.checking import check_ready, list_ready
from tenants.provisioning.readiness.opening import open_tenant
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Domain, OperatorAct, Tenant
from tenants.registry.roles import role_name
from tenants.registry.selectors import find_tenant
from tests.province import OPERATOR, files
from tests.statements import statements_of


@pytest.fixture
def province(read):
    tenant = onboard(order=read(files()), by=OPERATOR, now=timezone.now())
    issue_first_links(tenant=tenant, by=OPERATOR, now=timezone.now())
    with central_context():
        Archive.objects.create(
            tenant=tenant, path="h36.tar", sha256="0" * 64, size=1, rows=1, files=0, release=tenant.release,
            created_at=timezone.now(), created_by="x",
        )  # fmt: skip
    assert _red(tenant) == {}
    return tenant


def _red(tenant):
    return {line.key: line for line in check_ready(tenant=tenant, now=timezone.now()) if not line.ok}


def _sql(schema, statement):
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(statement)


def _in(tenant, work):
    with tenant_context(tenant):
        work()


def _role(tenant):
    return role_name(database=connection.settings_dict["NAME"], schema=tenant.schema_name)


@pytest.mark.parametrize(
    ("key", "break_it"),
    [
        ("schema", lambda t: _sql(t.schema_name, "CREATE VIEW by_hand AS SELECT 1 AS one")),
        ("rights", lambda t: _sql("public", f"GRANT SELECT ON registry_operator TO {_role(t)}")),
        ("rights", lambda t: _sql("public", f"GRANT USAGE ON SCHEMA h26 TO {_role(t)}")),
        ("rights", lambda t: _sql("h36", f"GRANT UPDATE ON audit_entry TO {_role(t)}")),
        ("rights", lambda t: _sql("h36", f"REVOKE SELECT ON results_result FROM {_role(t)}")),
        ("rights", lambda t: _sql("public", f"ALTER ROLE {_role(t)} LOGIN")),
        ("units", lambda t: _in(t, lambda: Unit.objects.update(receives=False))),
        ("administrator", lambda t: _in(t, lambda: FirstLink.objects.update(voided_at=timezone.now()))),
        ("administrator", lambda t: _in(t, lambda: User.objects.filter(username="quantri").update(is_active=False))),
        ("calendar", lambda t: _in(t, lambda: WorkingHours.objects.update(withdrawn_at=timezone.now()))),
        ("calendar", lambda t: _in(t, lambda: CalendarDay.objects.update(withdrawn_at=timezone.now()))),
        ("templates", lambda t: _in(t, lambda: AdoptedVersion.objects.update(in_force_to=timezone.localdate()))),
        ("duties", lambda t: _in(t, lambda: DutyAssignment.objects.filter(duty="SIGNATORY").delete())),
        ("duties", lambda t: _in(t, lambda: User.objects.filter(username="tiepnhan").update(is_active=False))),
        ("backup", lambda t: Archive.objects.all().delete()),
    ],
)  # fmt: skip
def test_a_fault_makes_its_own_line_red(province, key, break_it):
    break_it(province)
    red = _red(province)
    assert set(red) == {key}
    assert red[key].said
    assert red[key].todo


def test_a_lost_role_is_a_red_line_and_the_list_is_read_to_its_end(province):
    """Seen to fail: the very line that tells of a lost role could not be asked, and the command ended in a traceback."""
    _sql("public", f"ALTER ROLE {_role(province)} RENAME TO motcua_lost")
    red = _red(province)
    assert "không có vai trò" in red["rights"].said
    assert "Không xem được" in red["units"].said
    assert all(line.todo for line in red.values())
    assert "hosts" not in red
    assert len(list_ready(tenant=province)) > 8


def test_a_tenant_without_its_data_is_refused_in_words(province, tmp_path):
    """Seen to fail: a traceback for the list and for a link, “42601” for an export."""
    now = timezone.now()
    with central_context():
        Tenant.objects.filter(code="H36").update(state=TenantState.RETIRED, retired_at=now, dropped_at=now)
    dropped, acts = find_tenant("H36"), OperatorAct.objects.count()
    with pytest.raises(DataDropped):
        check_ready(tenant=dropped, now=now)
    with pytest.raises(DataDropped):
        issue_link(tenant=dropped, username="quantri", by=OPERATOR, now=now)
    with pytest.raises(DataDropped):
        export_tenant(code="H36", to=tmp_path / "h36.motcua", by=OPERATOR, now=now)
    assert list(tmp_path.glob("*.motcua*")) == []
    assert OperatorAct.objects.count() == acts


def test_a_storage_that_cannot_be_written_is_told(province, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    default_storage._location = str(blocked)  # a file where the folder should be
    for remembered in ("base_location", "location"):
        default_storage._wrapped.__dict__.pop(remembered, None)
    assert set(_red(province)) == {"storage"}


def test_the_probe_leaves_no_file(province, tmp_path):
    check_ready(tenant=province, now=timezone.now())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_mail_server_that_is_away_is_told(province, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert set(_red(province)) == {"mail"}


def test_hosts_are_looked_up_through_the_door(province):
    """A host that leads to somebody else, or to nobody, is told; the registry alone would not see the second."""
    with central_context():
        Domain.objects.create(domain="không-có.localhost", tenant=province, is_primary=False)
    assert set(_red(province)) == {"hosts"}
    assert settings.LOGIN_URL


def test_the_list_is_kept_and_shown_in_order(province):
    lines = list_ready(tenant=province)
    assert [line.key for line in lines][:3] == ["schema", "rights", "hosts"]
    assert all(line.checked_at for line in lines)
    with central_context():
        Archive.objects.all().delete()
    assert all(line.ok for line in list_ready(tenant=province))  # until somebody looks again
    assert not all(line.ok for line in check_ready(tenant=province, now=timezone.now()))


def test_list_unfilled_names_duty_and_unit(province):
    with tenant_context(province):
        DutyAssignment.objects.filter(duty__in=["SIGNATORY", "RECEPTION"]).delete()
        found = list_unfilled(on=timezone.localdate())
    assert [str(one) for one in found] == [
        "Tiếp nhận hồ sơ – Trung tâm phường Một",
        "Lãnh đạo ký – Ủy ban nhân dân phường Một",
    ]
    assert found[0].procedures == 1


def test_list_unfilled_costs_the_same_for_one_procedure_and_for_three(province, read):
    with tenant_context(province):
        one = len(statements_of(lambda: list_unfilled(on=timezone.localdate())))
    texts = files()
    texts["tinh.toml"] = texts["tinh.toml"].replace('["1.001193"]', '["1.001193", "1.004194", "1.000656"]')
    onboard(order=read(texts), by=OPERATOR, now=timezone.now())
    with tenant_context(province):
        list_unfilled(on=timezone.localdate())
        assert len(statements_of(lambda: list_unfilled(on=timezone.localdate()))) <= one


def test_a_green_tenant_is_opened_without_a_reason(province):
    open_tenant(code="H36", by=OPERATOR, now=timezone.now())

    opened = find_tenant("H36")
    assert (opened.state, opened.opened_at is not None) == (TenantState.READY, True)
    with central_context():
        act = OperatorAct.objects.latest("id")
    assert (act.action, act.reason, act.facts) == ("tenant.opened", "", {"not_ready": []})
    with pytest.raises(TenantNotPreparing):
        open_tenant(code="H36", by=OPERATOR, now=timezone.now())
