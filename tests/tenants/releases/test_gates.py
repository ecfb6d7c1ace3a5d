"""The gate between two rings, with measures of the test's own: real rows, two tenants."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tenants.registry.context import central_context
from tenants.releases import gates
from tenants.releases.enums import RolloutState, Stage, Verdict
from tenants.releases.gates import Measure, Noted, read_after, read_before, why_held
from tenants.releases.models import GateReading, Release, Rollout


@pytest.fixture
def rollout(db, now):
    with central_context():
        release = Release.objects.order_by("number").last()
        yield Rollout.objects.create(
            release=release, state=RolloutState.RUNNING, stage=Stage.PILOT, started_by="thử", started_at=now
        )


@pytest.fixture
def measured():
    """What the measures of a test answer, by tenant; the roof's own are put back afterwards."""
    before, figures = gates.get_measures(), {}

    def read(tenant, since, until):
        answer = figures[tenant.code]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def use(**changed):
        facts = {
            "key": "errors",
            "title": "Tỉ lệ lỗi",
            "unit": "%",
            "read": read,
            "limit": lambda b: (b or 0) + 1,
        }
        gates.set_measures((Measure(**facts | changed),))
        return figures

    yield use
    gates.set_measures(before)


def _gate(rollout, tenants, now, read):
    since = now - timedelta(minutes=10)
    return read(rollout=rollout, stage=Stage.PILOT, tenants=tenants, since=since, now=now)


def test_a_gate_judges_each_tenant_by_its_own_number_before(rollout, measured, gia_lai, ha_noi, now):
    figures = measured()
    figures.update(H21={"desk": 0.5}, H26={"desk": 4.0})
    _gate(rollout, [gia_lai, ha_noi], now, read_before)
    figures.update(H21={"desk": 3.0}, H26={"desk": 4.5})
    readings = _gate(rollout, [gia_lai, ha_noi], now, read_after)
    assert [(row.tenant.code, row.before, row.after, row.limit, row.verdict) for row in readings] == [
        ("H21", 0.5, 3.0, 1.5, Verdict.BAD),
        ("H26", 4.0, 4.5, 5.0, Verdict.GOOD),
    ]
    assert why_held(readings) == (
        "Tỉnh Gia Lai (H21): Tỉ lệ lỗi, desk: trước 0,5 %, sau 3 %, giới hạn 1,5 %."
    )


def test_why_held_is_empty_when_nothing_is_bad(rollout, measured, gia_lai, now):
    measured().update(H21={"desk": 0.5, "api": None})
    _gate(rollout, [gia_lai], now, read_before)
    readings = _gate(rollout, [gia_lai], now, read_after)
    assert [row.verdict for row in readings] == [Verdict.UNKNOWN, Verdict.GOOD]
    assert why_held(readings) == ""


def test_read_before_keeps_what_it_read_first(rollout, measured, gia_lai, now):
    figures = measured()
    figures.update(H21={"desk": 1.0})
    _gate(rollout, [gia_lai], now, read_before)
    figures.update(H21={"desk": 90.0, "api": 90.0})
    _gate(rollout, [gia_lai], now, read_before)
    rows = GateReading.objects.filter(rollout=rollout)
    assert [(row.subject, row.before, row.verdict) for row in rows] == [("desk", 1.0, "")]


def test_read_after_twice_is_one_row_a_measure(rollout, measured, gia_lai, now):
    figures = measured()
    figures.update(H21={"desk": 1.0})
    _gate(rollout, [gia_lai], now, read_before)
    figures.update(H21={"desk": 9.0})
    assert why_held(_gate(rollout, [gia_lai], now, read_after)) != ""
    figures.update(H21={"desk": 1.0})
    assert why_held(_gate(rollout, [gia_lai], now, read_after)) == ""
    row = GateReading.objects.get(rollout=rollout)
    assert (row.before, row.after, row.verdict) == (1.0, 1.0, Verdict.GOOD)
    with pytest.raises(IntegrityError, match="gate_reads_a_measure_once"), transaction.atomic():
        row.pk = None
        row.save(force_insert=True)


def test_a_subject_that_is_only_there_after_is_judged_without_a_number_before(
    rollout, measured, gia_lai, now
):
    figures = measured()
    figures.update(H21={})
    _gate(rollout, [gia_lai], now, read_before)
    figures.update(H21={"api": Noted(5.0, "40 lượt.")})
    (row,) = _gate(rollout, [gia_lai], now, read_after)
    assert (row.before, row.after, row.verdict) == (None, 5.0, Verdict.BAD)
    assert row.said == "Tỉ lệ lỗi, api: trước không có số liệu, sau 5 %, giới hạn 1 %. 40 lượt."


def test_a_subject_that_is_gone_after_is_unknown(rollout, measured, gia_lai, now):
    figures = measured()
    figures.update(H21={"api": 5.0})
    _gate(rollout, [gia_lai], now, read_before)
    figures.update(H21={})
    (row,) = _gate(rollout, [gia_lai], now, read_after)
    assert (row.before, row.after, row.verdict) == (5.0, None, Verdict.UNKNOWN)


@pytest.mark.parametrize(("bad", "verdict"), [(False, Verdict.UNKNOWN), (True, Verdict.BAD)])
def test_a_measure_that_breaks_never_breaks_the_gate(rollout, measured, gia_lai, ha_noi, now, bad, verdict):
    figures = measured(bad_when_unreadable=bad)
    figures.update(H21={"desk": 1.0}, H26={"desk": 1.0})
    _gate(rollout, [gia_lai, ha_noi], now, read_before)
    figures.update(H21=RuntimeError("Nguyễn Thị Bí Mật"))
    readings = _gate(rollout, [gia_lai, ha_noi], now, read_after)
    found = {(row.tenant.code, row.subject): row for row in readings}
    broken = found["H21", gates.UNREADABLE]
    assert broken.verdict == verdict
    assert broken.said.endswith("Không đọc được (RuntimeError).")
    assert "Bí Mật" not in broken.said
    assert found["H21", "desk"].verdict == Verdict.UNKNOWN
    assert found["H26", "desk"].verdict == Verdict.GOOD


def test_a_long_sentence_fits_its_column(rollout, measured, gia_lai, now):
    measured().update(H21={"desk": Noted(9.0, "x" * 500)})
    (row,) = _gate(rollout, [gia_lai], now, read_after)
    assert len(row.said) == gates.LONGEST_SAID
