"""While a tenant can only be looked at, every page says so before anybody fills in a form."""

import pytest
from django.test import Client

from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.registry.selectors import forget_hosts
from tests.furniture import PASSWORD

pytestmark = pytest.mark.usefixtures("furnished")
SAID = "Đang chỉ xem và tra cứu được"
NOTICE = "Bảo trì đến 22 giờ; vẫn tra cứu được hồ sơ."


@pytest.fixture
def only_looking(gia_lai):
    with central_context():
        Tenant.objects.filter(id=gia_lai.id).update(state="READ_ONLY", notice=NOTICE)
    forget_hosts()
    yield
    forget_hosts()


def test_a_citizen_reads_the_notice_of_the_own_province_only(only_looking, ha_noi):
    """Seen to fail: the notice was shown to those only who had filled in a form and pressed its button."""
    page = Client(HTTP_HOST="gialai.localhost").get("/").content.decode()
    assert SAID in page
    assert NOTICE in page
    assert SAID not in Client(HTTP_HOST="hanoi.localhost").get("/").content.decode()


def test_staff_read_it_in_their_rooms(only_looking):
    client = Client(HTTP_HOST="gialai.localhost")
    client.post("/sign-in/", {"username": "quantri", "password": PASSWORD})
    page = client.get("/setup/").content.decode()
    assert SAID in page
    assert NOTICE in page


def test_nothing_is_said_while_everything_is_open(gia_lai):
    with central_context():
        Tenant.objects.filter(id=gia_lai.id).update(notice=NOTICE)  # of an earlier time
    forget_hosts()
    page = Client(HTTP_HOST="gialai.localhost").get("/").content.decode()
    assert SAID not in page
    assert NOTICE not in page
