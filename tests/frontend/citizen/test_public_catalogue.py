"""What the public reads of a procedure: the usual time, who handles it; and what a search engine is told."""

import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from apps.catalogue.services import import_list
from apps.reporting.models import ProcedureDuration
from frontend.citizen.durations import say_time
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tests.apps.catalogue.catalogue_lists import row, table
from tests.statements import statements_of


@pytest.fixture
def counted(furnished, gia_lai, now):
    with tenant_context(gia_lai):
        ProcedureDuration.objects.create(
            procedure_code="1.013225",
            dossiers=216,
            median_seconds=6 * 86400 - 3600,
            ninth_seconds=11 * 86400,
            since=now - timedelta(days=90),
            until=now,
        )


def test_the_page_tells_how_long_it_really_takes(citizen, counted):
    page = citizen.get("/thu-tuc/1.013225/").content.decode()
    for part in ("<b>6 ngày</b>", "<b>11 ngày</b>", "216 hồ sơ", "Cơ quan giải quyết:", 'rel="canonical"'):
        assert part in page
    assert "Thực tế ở đây" not in citizen.get("/thu-tuc/1.001193/").content.decode()


def test_the_figures_of_one_province_are_not_shown_in_another(citizen, counted):
    page = citizen.get("/thu-tuc/1.013225/", HTTP_HOST="hanoi.localhost").content.decode()
    assert "Thực tế ở đây" not in page


def test_the_public_page_costs_at_most_four_statements(citizen, counted):
    citizen.get("/thu-tuc/1.013225/")
    assert len(statements_of(lambda: citizen.get("/thu-tuc/1.013225/"))) <= 4


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(minutes=20), "dưới 1 giờ"),
        (timedelta(hours=4, minutes=1), "5 giờ"),
        (timedelta(hours=23, minutes=30), "24 giờ"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=2, minutes=1), "3 ngày"),
    ],
)
def test_say_time_never_promises_less(time, said):
    assert say_time(time) == said


@pytest.mark.parametrize("slip", ["khia sinh", "dang ki khai sihn", "khai sinnh"])
def test_a_slip_finds_what_was_meant(citizen, slip):
    page = citizen.get("/thu-tuc/", {"q": slip}).content.decode()
    assert "Có phải bạn tìm" in page
    assert "/thu-tuc/1.001193/" in page


def test_the_landing_begins_with_what_most_people_need(citizen, counted):
    page = citizen.get("/").content.decode()
    assert "Thủ tục nhiều người làm nhất" in page
    assert page.index("/thu-tuc/1.013225/") < page.index("/thu-tuc/1.000656/")


def test_search_engines_are_told_of_the_catalogue_and_of_nothing_else(citizen):
    robots = citizen.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in robots
    assert "Disallow: /tra-cuu" in robots
    assert "Sitemap: http://gialai.localhost/sitemap.xml" in robots
    sitemap = ElementTree.fromstring(citizen.get("/sitemap.xml").content)
    addresses = [one.text for one in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://gialai.localhost/thu-tuc/1.013225/" in addresses
    assert len(addresses) == 13  # the landing and the twelve procedures


def test_what_is_handled_elsewhere_is_named_with_who_handles_it(citizen, now):
    """Also what this place does receive, under another name: that stays with the procedures of this place."""
    rows = [
        {**row(1, name="Cấp đổi giấy phép lái xe quốc tế"), "executing": "Công an cấp tỉnh"},
        {**row(2, name="Trao đổi giấy phép giữa các cơ quan lái xe"), "type": "STANDARD_INTERNAL"},
        {**row(3, name="Đăng ký khai sinh lái xe"), "code": "1.001193"},
    ]
    with central_context():
        import_list(
            stream=io.BytesIO(table(*rows)),
            file_name="x.csv",
            whole=True,
            accept_all=True,
            by=SYSTEM,
            now=now,
        )
    page = citizen.get("/thu-tuc/", {"q": "lai xe"}).content.decode()
    assert "Trong danh mục quốc gia, không tiếp nhận ở đây" in page
    assert "Cấp đổi giấy phép lái xe quốc tế" in page
    assert "Cơ quan thực hiện: Công an cấp tỉnh" in page
    assert "giữa các cơ quan" not in page
    assert "Đăng ký khai sinh lái xe" not in page
