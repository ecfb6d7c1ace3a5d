"""What a tenant tells the centre of itself, and what is made of it."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.dossiers.selectors import count_load
from apps.organisations.services import open_probe_unit
from apps.reporting.enums import HealthState
from apps.reporting.judging import SILENT_AFTER, Health, judge
from apps.reporting.selectors import list_health
from apps.reporting.services import report_health
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tenants.registry.reports import keep_report, list_reports
from tests.statements import statements_of

CALM = Health(open=40, overdue=4, waiting=0, failing=0, requests=1000, errors=0)


@pytest.mark.parametrize(
    ("changes", "state", "said"),
    [
        ({}, HealthState.GOOD, ()),
        ({"overdue": 40}, HealthState.GOOD, ()),
        ({"errors": 9}, HealthState.GOOD, ()),
        ({"errors": 10}, HealthState.WATCH, ("10 lỗi máy chủ trong 1000 lượt truy cập của 15 phút.",)),
        ({"errors": 50}, HealthState.BAD, ("50 lỗi máy chủ trong 1000 lượt truy cập của 15 phút.",)),
        ({"requests": 19, "errors": 19}, HealthState.GOOD, ()),
        ({"waiting": 599}, HealthState.GOOD, ()),
        ({"waiting": 600}, HealthState.WATCH, ("Tin cũ nhất đã chờ chuyển 10 phút.",)),
        ({"waiting": 3600}, HealthState.BAD, ("Tin cũ nhất đã chờ chuyển 60 phút.",)),
        ({"failing": 1}, HealthState.WATCH, ("1 tin hoặc thư không gửi được trong 15 phút.",)),
        (
            {"failing": 2, "waiting": 3600},
            HealthState.BAD,
            ("Tin cũ nhất đã chờ chuyển 60 phút.", "2 tin hoặc thư không gửi được trong 15 phút."),
        ),
    ],
)
def test_judge_names_what_is_wrong_gravest_first(changes, state, said, now):
    found = judge(Health(**(CALM.as_figures() | changes)), at=now, now=now)
    assert (found.state, found.why) == (state, said)


def test_judge_believes_no_number_that_is_old(now):
    assert judge(CALM, at=now - SILENT_AFTER, now=now).state == HealthState.GOOD
    found = judge(CALM, at=now - SILENT_AFTER - timedelta(seconds=1), now=now)
    assert found.state == HealthState.SILENT
    assert found.why == ("Đã 20 phút không báo về: xem tiến trình nền.",)


def test_shares_are_told_only_where_there_is_something_to_share():
    assert CALM.overdue_percent == 10.0
    assert Health.from_figures({}).overdue_percent is None
    assert Health.from_figures({"requests": 19, "errors": 1}).error_percent is None


def test_report_health_tells_the_numbers_of_its_own_tenant(furnished, gia_lai, ha_noi, now):
    with tenant_context(gia_lai):
        _insert(status=4, due_at=now - timedelta(hours=1))
        _insert(status=2, due_at=now + timedelta(hours=1))
        _insert(status=5, due_at=now - timedelta(hours=1))  # it waits for the applicant: nobody is late
        _insert(status=9, due_at=now - timedelta(hours=1), finished_at=now)
        told = report_health(now=now)
    with tenant_context(ha_noi):
        report_health(now=now)
    assert (told.open, told.overdue) == (3, 1)
    found = list_health(now=now)
    assert found[gia_lai.id].health == told
    assert (found[ha_noi.id].health.open, found[ha_noi.id].health.overdue) == (0, 0)


def test_count_load_leaves_the_probes_out(furnished, in_gia_lai, now):
    """Seen to fail without the exclusion in count_load."""
    open_probe_unit(by=SYSTEM, now=now)
    _insert(status=4, due_at=now - timedelta(hours=1), unit="kind = 'PROBE'")
    assert count_load(now=now) == (0, 0)


def test_report_health_takes_the_place_of_the_one_before(furnished, in_gia_lai, gia_lai, now):
    report_health(now=now)
    later = now + timedelta(minutes=5)
    report_health(now=later)
    assert {key: report.at for key, report in list_reports().items()} == {gia_lai.id: later}


def test_report_health_costs_the_same_with_one_dossier_and_three(furnished, in_gia_lai, now):
    _insert(status=4, due_at=now)
    one = len(statements_of(lambda: report_health(now=now)))
    _insert(status=4, due_at=now)
    _insert(status=4, due_at=now)
    assert len(statements_of(lambda: report_health(now=now))) == one


@pytest.mark.parametrize("value", ["Nguyễn Văn A", -1, 1.5, None, True])
def test_keep_report_takes_nothing_but_numbers(in_gia_lai, now, value):
    """A name or a code would be somebody's data at the centre."""
    with pytest.raises(ValueError, match="counts and seconds"):
        keep_report(figures={"open": value}, now=now)
    assert list_reports() == {}


def test_every_ready_tenant_is_asked_and_answers(furnished, gia_lai, ha_noi, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    from project.relay import report_every_tenant

    report_every_tenant()
    assert set(list_reports()) == {gia_lai.id, ha_noi.id}


def _insert(*, status, due_at, finished_at=None, unit="receives"):
    """A bare row: what stands beside a dossier does not count here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM procedures_adoptedversion")
        (version,) = cursor.fetchone()
        cursor.execute(f"SELECT min(id) FROM organisations_unit WHERE {unit}")
        (place,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO dossiers_dossier (public_id, code, code_is_foreign, secret, procedure_id, procedure_code,"
            " procedure_name, case_code, channel, status, came_from, receiving_unit_id, competent_unit_id, owner_name,"
            " search_text, answers, result_channel, locale, supplement_count, supplement_from, submitted_at, status_at,"
            " accepted_at, due_at, finished_at, end_reason) VALUES (gen_random_uuid(), 'T-' || gen_random_uuid(), false,"
            " 'x', %s, '1.001193', 'x', 'x', 'DIRECT', %s, %s, %s, %s, 'x', 'x', '{}', 'DIRECT', 'vi', 0, %s, now(),"
            " now(), now(), %s, %s, '')",
            [version, status, _BEFORE[status], place, place, 4 if status == 5 else None, due_at, finished_at],
        )


_BEFORE = {2: 1, 4: 2, 5: 4, 9: 4}  # a status the table of moves lets it come from
