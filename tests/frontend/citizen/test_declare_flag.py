"""Filling in at home asks for a flag: a ministry may try it in the pilot provinces first."""

import pytest
import time_machine
from django.test import Client

from apps.forms.models import Declaration
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tenants.releases.flags import forget_flags
from tenants.releases.services import set_flag
from tests.frontend.citizen.test_declare import CHILD, FORM, text_of
from tests.statements import statements_of

PAGE = "/thu-tuc/1.001193/"


@pytest.fixture(autouse=True)
def _a_working_morning(now):
    with time_machine.travel(now, tick=True):
        yield


@pytest.fixture
def only_in(now):
    def write(*codes):
        set_flag(key="khai-truoc", title="", rings=[], tenants_on=codes, tenants_off=[], by=SYSTEM, now=now)

    return write


def test_it_is_there_as_before_until_somebody_says_where(citizen):
    assert FORM in text_of(citizen.get(PAGE))
    assert citizen.get(FORM).status_code == 200


def test_it_is_only_where_it_was_switched_on(citizen, only_in, gia_lai):
    only_in("H26")
    assert FORM not in text_of(citizen.get(PAGE))
    refused = citizen.get(FORM)
    assert refused.status_code == 404
    assert "chưa mở việc khai trước" in text_of(refused)
    assert citizen.post(f"{FORM}?phan=child", CHILD | {"next": "1"}).status_code == 404
    with tenant_context(gia_lai):
        assert not Declaration.objects.exists()
    elsewhere = Client(HTTP_HOST="hanoi.localhost")
    assert FORM in text_of(elsewhere.get(PAGE))
    assert elsewhere.get(FORM).status_code == 200


def test_what_was_begun_is_finished_in_peace(citizen, only_in):
    first = citizen.post(f"{FORM}?phan=child", CHILD | {"next": "1"})
    only_in("H26")
    assert "Bước 2 trên 4" in text_of(citizen.get(first["Location"]))


def test_asking_costs_no_statement_when_warm(citizen, only_in):
    only_in("H21")
    citizen.get(PAGE)
    warm = statements_of(lambda: citizen.get(PAGE))
    forget_flags()
    cold = statements_of(lambda: citizen.get(PAGE))
    assert not any("releases_featureflag" in one for one in warm)
    assert sum("releases_featureflag" in one for one in cold) == 1
