"""``manage.py tenant health``: what was told last, or counted at once, and an exit code for scripts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.reports import keep_report, list_reports


def _run(*words):
    out = StringIO()
    call_command("tenant", "health", *words, stdout=out)
    return out.getvalue().splitlines()


def test_health_tells_what_was_told_and_by_whom_nothing_was(gia_lai, ha_noi):
    with tenant_context(gia_lai):
        keep_report(figures={"open": 1200, "overdue": 12, "waiting": 130}, now=timezone.now())
    assert _run() == [
        "H21\tTốt\tđang giải quyết 1.200\tquá hạn 1,0 %\ttin chờ 2 phút\tTỉnh Gia Lai",
        "H26\tchưa báo về\tThành phố Hà Nội",
    ]


def test_health_now_counts_everybody_at_once(gia_lai, ha_noi):
    lines = _run("--now")
    assert [line.split("\t")[:2] for line in lines] == [["H21", "Tốt"], ["H26", "Tốt"]]
    assert set(list_reports()) == {gia_lai.id, ha_noi.id}


def test_health_ends_with_2_when_somebody_is_in_trouble(gia_lai, ha_noi, capsys):
    with tenant_context(gia_lai):
        keep_report(figures={"open": 1}, now=timezone.now() - timedelta(hours=1))
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("tenant", "health", stdout=out)
    assert ended.value.code == 2
    assert "Đã 60 phút không báo về: xem tiến trình nền." in out.getvalue()
    with central_context():
        Tenant.objects.filter(id=gia_lai.id).update(state=TenantState.SUSPENDED)
    assert _run() == ["H26\tchưa báo về\tThành phố Hà Nội"]
