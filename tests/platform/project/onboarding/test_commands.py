"""manage.py tenant onboard | link | ready | open, as an operator types them."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants.provisioning.archive.names import release_name
from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.models import ReadyCheck
from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.models import OperatorAct
from tenants.registry.selectors import find_tenant
from tests.province import files


def _tenant(*words):
    out = StringIO()
    call_command("tenant", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def place(tmp_path):
    for name, text in files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "tinh.toml"


@pytest.fixture
def there(centre, place):
    _tenant("onboard", str(place))
    return find_tenant("H36")


def test_onboard_dry_run_prints_the_plan_and_does_nothing(centre, place):
    said = _tenant("onboard", str(place), "--dry-run")

    born_at = release_name(find_birth_release())
    assert f"+ Tạo H36 Tỉnh Thử (vòng Toàn quốc, bản {born_at}), trạng thái đang chuẩn bị" in said
    assert "+ Thêm đơn vị H36.101 Ủy ban nhân dân phường Một" in said
    assert "chưa làm gì" in said
    assert find_tenant("H36") is None


def test_onboard_prints_the_links_once(centre, place):
    said = _tenant("onboard", str(place))

    (link,) = re.findall(r"quantri \(.*\): (http://thu\.localhost\S+/first/\S+/)", said)
    assert len(link) > 60
    again = _tenant("onboard", str(place))
    assert "H36: 0 thay đổi." in again
    assert "/first/" not in again


def test_onboard_says_what_the_file_does_not_name(there, place):
    texts = files()
    (place.parent / "units.csv").write_text(
        texts["units.csv"] + "H36.15,Sở Mới,DEPARTMENT,H36,\n", encoding="utf-8"
    )
    _tenant("onboard", str(place))
    (place.parent / "units.csv").write_text(texts["units.csv"], encoding="utf-8")
    for words in (("--dry-run",), ()):
        said = _tenant("onboard", str(place), *words)
        assert "= Không có trong tệp, giữ nguyên: 1 đơn vị: H36.15" in said
        assert "0 thay đổi" in said


def test_onboard_says_that_a_part_has_no_slot(centre, place):
    """Seen to fail: “không có phần nào mang tên None”."""
    place.write_text(
        files()["tinh.toml"] + '[[templates.overrides]]\nprocedure = "1.001193"\nground = "NQ"\n',
        encoding="utf-8",
    )
    with pytest.raises(CommandError) as refused:
        _tenant("onboard", str(place))
    assert "thiếu “slot”; chọn component, fee, limit" in str(refused.value)
    assert find_tenant("H36") is None


def test_onboard_says_every_problem_by_line(centre, place):
    place.write_text(
        files()["tinh.toml"].replace("PROVINCE", "X").replace("1.001193", "9.9"), encoding="utf-8"
    )
    with pytest.raises(CommandError) as refused:
        _tenant("onboard", str(place))
    assert "[tenant.onboarding_refused]" in str(refused.value)
    assert "tinh.toml, dòng 3: " in str(refused.value)
    assert "tinh.toml, dòng 14: " in str(refused.value)
    assert find_tenant("H36") is None


def test_onboard_does_nothing_when_the_archive_is_there_already(centre, place, tmp_path):
    archive = tmp_path / "h36.motcua"
    archive.write_bytes(b"of last year")
    with pytest.raises(CommandError, match=r"archive\.exists"):
        _tenant("onboard", str(place), "--export", str(archive), "--ready")
    assert find_tenant("H36") is None
    assert archive.read_bytes() == b"of last year"


def test_onboard_of_a_file_that_is_not_there(centre, tmp_path):
    with pytest.raises(CommandError, match="không có tệp này"):
        _tenant("onboard", str(tmp_path / "x.toml"))


def test_link_makes_a_new_one(there):
    said = _tenant("link", "H36", "quantri")
    assert "/first/" in said
    assert said != _tenant("link", "H36", "quantri")
    with pytest.raises(CommandError, match="không có ai mang tên"):
        _tenant("link", "H36", "khongco")
    with pytest.raises(CommandError, match="Không có bộ, tỉnh nào"):
        _tenant("link", "H99", "quantri")


def test_ready_prints_what_to_do_and_fails_while_something_is_red(there, capsys):
    out = StringIO()
    with pytest.raises(SystemExit) as code:
        call_command("tenant", "ready", "H36", stdout=out)
    assert code.value.code == 1
    assert "✓ Lược đồ dữ liệu" in out.getvalue()
    assert "✗ Bản sao lưu: Chưa có bản sao lưu nào." in out.getvalue()
    assert "→ Chạy manage.py tenant export H36 --to H36.motcua, hoặc" in out.getvalue()
    with central_context():
        assert ReadyCheck.objects.filter(tenant=there).count() == 11


def test_open_refuses_while_something_is_red(there):
    with pytest.raises(CommandError, match=r"tenant\.not_ready.*Bản sao lưu"):
        _tenant("open", "H36")
    with pytest.raises(CommandError, match="phải ghi lý do"):
        _tenant("open", "H36", "--override", "--reason", "  ")
    assert find_tenant("H36").state == TenantState.PREPARING
    with central_context():
        assert not OperatorAct.objects.filter(action__startswith="tenant.opened").exists()


def test_open_with_a_reason_is_an_act_of_its_own(there):
    said = _tenant("open", "H36", "--override", "--reason", "Sao lưu chạy đêm nay")

    assert "H36 đã mở cho người dân." in said
    tenant = find_tenant("H36")
    assert tenant.state == TenantState.READY
    assert tenant.opened_at is not None
    with central_context():
        act = OperatorAct.objects.latest("id")
    assert (act.action, act.reason) == ("tenant.opened_by_override", "Sao lưu chạy đêm nay")
    assert act.facts == {"not_ready": ["backup"]}
    with pytest.raises(CommandError, match="không ở tình trạng đang chuẩn bị"):
        _tenant("open", "H36", "--override", "--reason", "x")
