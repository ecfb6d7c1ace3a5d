"""The nightly count: what it counts, what it leaves out, and whose it is."""

from datetime import timedelta

from django.db import connection

from apps.reporting.models import ProcedureDuration
from apps.reporting.selectors import FEWEST, find_duration, list_most_used
from apps.reporting.services import DAYS, count_durations
from tenants.registry.context import tenant_context

HOUR = 3600


def _finish(*, code: str, hours: list[float], finished_at, accepted: bool = True) -> None:
    """Dossiers that were finished, as bare rows: what stands beside them does not count here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procedures_adoptedversion WHERE procedure_code = %s LIMIT 1", [code])
        (version,) = cursor.fetchone()
        cursor.execute("SELECT min(id) FROM organisations_unit WHERE receives")
        (unit,) = cursor.fetchone()
        for hour in hours:
            cursor.execute(
                "INSERT INTO dossiers_dossier (public_id, code, code_is_foreign, secret, procedure_id, procedure_code,"
                " procedure_name, case_code, channel, status, came_from, receiving_unit_id, competent_unit_id, owner_name,"
                " search_text, answers, result_channel, locale, supplement_count, submitted_at, status_at, accepted_at,"
                " finished_at, end_reason) SELECT gen_random_uuid(), 'T-' || gen_random_uuid(), false, 'x', %s, %s, 'x',"
                " 'x', 'DIRECT', 9, 4, %s, %s, 'x', 'x', '{}', 'DIRECT', 'vi', 0, t, t, t, %s, ''"
                " FROM (SELECT %s::timestamptz - make_interval(secs => %s) AS t) AS began",
                [version, code, unit, unit, finished_at, finished_at, hour * HOUR],
            )


def test_count_durations_tells_the_median_and_nine_of_ten(furnished, in_gia_lai, now):
    yesterday = now - timedelta(days=1)
    _finish(code="1.001193", hours=[*range(1, 21)], finished_at=yesterday)
    _finish(code="1.013225", hours=[48] * (FEWEST - 1), finished_at=yesterday)

    assert count_durations(now=now) == 2

    birth = find_duration("1.001193")
    assert (birth.dossiers, birth.median, birth.ninth) == (20, timedelta(hours=10), timedelta(hours=18))
    assert birth.until == now
    assert find_duration("1.013225") is None  # too few to speak of
    assert list_most_used() == ["1.001193", "1.013225"]


def test_count_durations_forgets_what_is_older_and_counts_twice_the_same(furnished, in_gia_lai, now):
    _finish(code="1.001193", hours=[5] * 12, finished_at=now - timedelta(days=1))
    count_durations(now=now)
    before = ProcedureDuration.objects.values().get()
    count_durations(now=now)
    assert ProcedureDuration.objects.values().get() == before

    later = now + timedelta(days=DAYS)
    assert count_durations(now=later) == 0
    assert find_duration("1.001193") is None


def test_durations_are_each_tenants_own(furnished, gia_lai, ha_noi, now):
    with tenant_context(gia_lai):
        _finish(code="1.001193", hours=[5] * 12, finished_at=now - timedelta(days=1))
        count_durations(now=now)
    with tenant_context(ha_noi):
        assert count_durations(now=now) == 0
        assert find_duration("1.001193") is None
        assert list_most_used() == []
