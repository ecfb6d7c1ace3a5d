"""Run again, it changes only what differs; a dry run changes nothing; what was cut off is completed."""

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import DutyAssignment, User
from apps.organisations.models import Unit
from apps.procedures.models import AdoptedVersion
from tenants.provisioning.onboarding import running, steps
from tenants.provisioning.onboarding.errors import OnboardingUnderWay
from tenants.provisioning.onboarding.running import Progress, list_kept, onboard, plan_onboarding
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import OperatorAct, Tenant
from tenants.registry.selectors import find_tenant, get_primary_host
from tests.province import OPERATOR, files


def _run(order):
    said: list[str] = []
    tenant = onboard(order=order, by=OPERATOR, now=timezone.now(), progress=Progress(line=said.append))
    return tenant, said


def _shape():
    with central_context(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace"
            " UNION SELECT rolname FROM pg_roles WHERE rolname LIKE current_database() || '%' ORDER BY 1"
        )
        return cursor.fetchall(), Tenant.objects.count(), OperatorAct.objects.count()


def _rows(tenant):
    """Every table of the tenant with the number of its rows."""
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' ORDER BY 1",
            [tenant.schema_name],
        )
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        return counts


def test_a_dry_run_tells_what_a_run_does_and_changes_nothing(read):
    order, before = read(files()), _shape()
    planned = plan_onboarding(order=order)

    assert _shape() == before
    assert find_tenant("H36") is None
    tenant, said = _run(order)
    assert said == planned
    assert tenant.state == TenantState.PREPARING
    assert tenant.opened_at is None
    rows = _rows(tenant)
    changed = files() | {"units.csv": files()["units.csv"] + "H36.15,Sở Mới,DEPARTMENT,H36,\n"}
    assert plan_onboarding(order=read(changed)) == ["Thêm đơn vị H36.15 Sở Mới"]
    assert _rows(tenant) == rows


def test_a_run_on_what_is_there_changes_nothing(read):
    tenant, _said = _run(read(files()))
    rows, centre = _rows(tenant), _shape()

    _tenant, said = _run(read(files()))
    assert said == []
    assert _rows(tenant) == rows
    assert _shape() == centre


@pytest.mark.parametrize(
    ("file", "before", "after", "lines"),
    [
        ("tinh.toml", '"Tỉnh Thử"', '"Tỉnh Thử Mới"', ["Tên: “Tỉnh Thử” thành “Tỉnh Thử Mới”"]),
        ("tinh.toml", 'since = 2025-07-01', 'since = 2025-07-01\nring = "PILOT"', ["Vòng: “Toàn quốc” thành “Thí điểm”"]),
        ("tinh.toml", '"thu.localhost"', '"thu.localhost", "b.localhost"', ["Thêm máy chủ b.localhost"]),
        ("tinh.toml", "[templates]", '[[aliases]]\ncode = "H37"\nground = "NQ"\n[templates]', ["Thêm mã H37"]),
        ("tinh.toml", '["1.001193"]', '["1.001193", "1.004194"]', ["Áp dụng thủ tục 1.004194 Đăng ký tạm trú"]),
        ("units.csv", "Trung tâm phường Một", "Trung tâm phường 1", ["Sửa đơn vị H36.101.01: tên"]),
        ("staff.csv", "Tiếp Nhận", "Nhận", ["Sửa tiepnhan: họ tên"]),
        (
            "staff.csv",
            "RECEPTION RETURN",
            "CASHIER RECEPTION RETURN",
            ["Giao cho tiepnhan: Thu phí, lệ phí (H36.101.01)"],
        ),
    ],
)  # fmt: skip
def test_a_run_after_a_change_changes_only_that(read, file, before, after, lines):
    tenant, _said = _run(read(files()))
    texts = files()
    assert before in texts[file]
    texts[file] = texts[file].replace(before, after)

    _tenant, said = _run(read(texts))
    assert said == lines
    assert _run(read(texts))[1] == []
    assert get_primary_host(tenant) == "thu.localhost"


def test_what_the_file_no_longer_names_is_told_and_stays(read):
    """Seen to fail: a line taken out of the file was answered with “0 changes” and stayed without a word."""
    more = files() | {"units.csv": files()["units.csv"] + "H36.15,Sở Mới,DEPARTMENT,H36,\n"}
    more["tinh.toml"] = more["tinh.toml"].replace('"thu.localhost"', '"thu.localhost", "b.localhost"')
    more["tinh.toml"] = more["tinh.toml"].replace('["1.001193"]', '["1.001193", "1.004194"]') + (
        '[[administrators]]\nusername = "quantri2"\nfull_name = "Trần Hai"\n'
    )
    assert list_kept(order=read(more)) == []
    tenant, _said = _run(read(more))
    assert list_kept(order=read(more)) == []
    rows, less = _rows(tenant), read(files())
    assert list_kept(order=less) == [
        "1 máy chủ: b.localhost",
        "1 đơn vị: H36.15",
        "1 quản trị viên: quantri2",
        "1 thủ tục đang áp dụng: 1.004194",
    ]
    assert _run(less)[1] == []
    assert _rows(tenant) == rows


def test_changed_hours_are_told_day_by_day(read):
    _run(read(files()))
    texts = files()
    texts["tinh.toml"] += """
[working_hours]
monday = [["07:00", "11:00"], ["13:00", "17:00"]]
tuesday = [["07:00", "11:00"], ["13:00", "17:00"]]
friday = [["07:00", "11:00"]]
"""
    (line,) = plan_onboarding(order=read(texts))
    assert line == (
        "Đặt giờ làm việc chung từ ngày 01/07/2025: thứ Hai, thứ Ba 07:00–11:00, 13:00–17:00; thứ Sáu 07:00–11:00"
    )


def test_changed_overrides_are_laid_anew_and_only_where_the_file_names_them(read):
    tenant, _said = _run(read(files()))
    own = """
[[templates.overrides]]
procedure = "1.001193"
slot = "units"
role = "COMPETENT"
rule = "CHOSEN_UNIT"
unit = "H36.101"
ground = "Quyết định"
"""
    texts = files()
    texts["tinh.toml"] += own
    assert _run(read(texts))[1] == ["Đổi phần riêng của thủ tục 1.001193"]
    assert _run(read(texts))[1] == []
    assert _run(read(files()))[1] == []  # a file that says nothing takes nothing back
    with tenant_context(tenant):
        numbers = AdoptedVersion.objects.order_by("number").values_list("number", "in_force_to")
        assert [(number, last is None) for number, last in numbers] == [(1, False), (2, True)]


def test_a_run_that_was_cut_off_is_completed_by_the_next(read, monkeypatch):
    """Each step is a transaction of its own; without it the units of the broken step would stay and its duties not."""
    order = read(files())
    broken = tuple(
        step if step.key != "calendar" else steps.Step("calendar", "x", step.read, _die)
        for step in steps.get_steps()
    )
    monkeypatch.setattr(steps, "_steps", broken)
    with pytest.raises(KeyboardInterrupt):
        _run(order)
    tenant = find_tenant("H36")
    with tenant_context(tenant):
        assert (Unit.objects.count(), User.objects.count(), AdoptedVersion.objects.count()) == (3, 3, 0)
    monkeypatch.undo()

    rest = plan_onboarding(order=read(files()))
    said = _run(read(files()))[1]
    assert said == rest
    assert [line.split()[0] for line in said] == ["Đặt", "Chép", "Áp"]
    assert _run(read(files()))[1] == []


def _die(part, born):
    raise KeyboardInterrupt


def test_a_step_that_fails_half_way_leaves_nothing_of_itself(read, monkeypatch):
    """Take ``transaction.atomic()`` out of ``onboard`` and the three units stay without anybody."""
    order = read(files())

    def half(part, born):
        plan = next(step for step in original if step.key == "units").plan(part, born)

        def carry_out(by, now):
            plan.carry_out(by, now)
            raise KeyboardInterrupt

        return steps.Plan(plan.lines, carry_out)

    original = steps.get_steps()
    changed = tuple(steps.Step(s.key, s.title, s.read, half) if s.key == "units" else s for s in original)
    monkeypatch.setattr(steps, "_steps", changed)
    with pytest.raises(KeyboardInterrupt):
        _run(order)
    with tenant_context(find_tenant("H36")):
        assert Unit.objects.count() == 0
    monkeypatch.undo()
    assert len(_run(read(files()))[1]) > 5


def test_a_tenant_is_registered_whole_or_not_at_all(read, monkeypatch):
    """Take ``transaction.atomic()`` out of ``_stand`` and the tenant stays without its other codes and hosts."""
    order, before = read(files()), _shape()

    def die(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_add_addresses", die)
    with pytest.raises(KeyboardInterrupt):
        _run(order)
    assert _shape() == before


def test_two_at_once_never_mix(read, django_db_blocker):
    """Another connection holds the lock, as an onboarding in another process would. Without ``_alone`` both run."""
    import psycopg

    order, database = read(files()), connection.settings_dict
    with psycopg.connect(
        host=database["HOST"], port=database["PORT"], user=database["USER"], password=database["PASSWORD"],
        dbname=database["NAME"], autocommit=True,
    ) as other:  # fmt: skip
        other.execute("SELECT pg_advisory_lock(hashtextextended('onboarding:H36', 0))")
        with pytest.raises(OnboardingUnderWay):
            _run(order)
        assert find_tenant("H36") is None
        other.execute("SELECT pg_advisory_unlock_all()")  # to close alone would let go of it a little later
    assert _run(order)[1]


def test_an_act_is_recorded_and_duties_reach_where_the_file_says(read):
    tenant, said = _run(read(files()))
    with central_context():
        acts = list(
            OperatorAct.objects.filter(tenant_code="H36")
            .order_by("id")
            .values_list("action", "operator_name")
        )
    assert acts == [("tenant.registered", OPERATOR.name), ("tenant.onboarded", OPERATOR.name)]
    with tenant_context(tenant):
        held = DutyAssignment.objects.values_list("user__username", "duty", "unit__code")
        assert ("quantri", "UNIT_ADMIN", "H36") in held
        assert ("tiepnhan", "RECEPTION", "H36.101.01") in held
    assert len(said) == 2 + 3 + 3 + 2 + 1
