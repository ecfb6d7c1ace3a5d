"""``manage.py tenant``: its verbs are found, and a refusal is the command's error."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tenants.registry.models import Tenant

pytestmark = pytest.mark.django_db


def test_tenant_list_tells_of_every_tenant():
    told = StringIO()
    call_command("tenant", "list", stdout=told)
    lines = [line.split("\t") for line in told.getvalue().splitlines()]
    assert ["H21", "READY", "gialai.localhost", "Tỉnh Gia Lai"] in lines
    assert ["H26", "READY", "hanoi.localhost", "Thành phố Hà Nội"] in lines


def test_tenant_create_says_every_refusal_at_once_and_creates_nothing():
    before = Tenant.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command(
            "tenant", "create", "--code", "H21", "--name", " ", "--kind", "TINH", "--host", "hanoi.localhost"
        )
    said = str(refused.value)
    for code in ("tenant.code_taken", "tenant.name_missing", "tenant.kind_unknown", "tenant.host_taken"):
        assert f"[{code}]" in said
    assert Tenant.objects.count() == before


def test_a_verb_that_is_not_there_is_refused():
    with pytest.raises(CommandError):
        call_command("tenant", "destroy-everything")
