"""The file that the operator's handbook shows brings a province to a green list."""

from django.utils import timezone

from apps.accounts.models import DutyAssignment, User
from apps.audit.models import Entry
from apps.organisations.models import Unit, UnitAlias
from apps.procedures.models import AdoptedVersion
from tenants.provisioning.models import Archive
from tenants.provisioning.onboarding.links import issue_first_links
from tenants.provisioning.onboarding.running import Progress, onboard, plan_onboarding
from tenants.provisioning.readiness.checking import check_ready
from tenants.registry.context import central_context, tenant_context
from tests.province import OPERATOR


def test_the_example_is_brought_to_a_green_list(example):
    now = timezone.now()
    planned = plan_onboarding(order=example)
    said: list[str] = []
    tenant = onboard(order=example, by=OPERATOR, now=now, progress=Progress(line=said.append))

    assert said == planned
    with tenant_context(tenant):
        assert (Unit.objects.count(), UnitAlias.objects.count()) == (46, 1)
        assert (User.objects.count(), AdoptedVersion.objects.count()) == (52, 12)
        assert DutyAssignment.objects.filter(duty="UNIT_ADMIN", unit__code="H36").count() == 2
        assert Entry.objects.filter(action="unit.imported").count() == 1
    assert len(issue_first_links(tenant=tenant, by=OPERATOR, now=now)) == 2
    red = [line for line in check_ready(tenant=tenant, now=now) if not line.ok]
    assert [line.key for line in red] == ["backup"], red
    with central_context():
        Archive.objects.create(
            tenant=tenant, path="h36.tar", sha256="0" * 64, size=1, rows=1, files=0, release=tenant.release,
            created_at=now, created_by="x",
        )  # fmt: skip
    assert all(line.ok for line in check_ready(tenant=tenant, now=now))


def test_the_example_run_again_changes_nothing(example):
    onboard(order=example, by=OPERATOR, now=timezone.now())
    said: list[str] = []
    assert plan_onboarding(order=example) == []
    onboard(order=example, by=OPERATOR, now=timezone.now(), progress=Progress(line=said.append))
    assert said == []
