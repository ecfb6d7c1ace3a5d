"""``manage.py tenant``: its verbs are found, and a refusal is the command's error."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from tenants.registry.acts import list_acts
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.releases.manifests import newest_manifest
from tests.tenants.releases.fleet import environment

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


def test_tenant_create_opens_nothing_and_stands_in_the_trail():
    """Seen to fail: the tenant was open to the public at once, without the ready list, a reason or a trace."""
    told = StringIO()
    call_command(
        "tenant", "create", "--code", "X71", "--name", "Tỉnh thử", "--kind", "PROVINCE", "--host", "x71.localhost",
        stdout=told,
    )  # fmt: skip
    assert f"đang chuẩn bị, bản {newest_manifest().name}." in told.getvalue()
    made = Tenant.objects.get(code="X71")
    assert (made.state, made.opened_at) == (TenantState.PREPARING, None)
    assert [act.action for act in list_acts(tenant_code="X71")] == ["tenant.registered"]
    assert Client(HTTP_HOST="x71.localhost").get("/").status_code == 503


def test_a_verb_that_is_not_there_is_refused():
    with pytest.raises(CommandError):
        call_command("tenant", "destroy-everything")


def test_a_database_that_does_not_answer_is_told_in_a_sentence():
    """Seen to fail: four pages of a traceback, on the night when the database was busy."""
    around = environment() | {
        "DATABASE_URL": "postgresql://nobody:secret-word@127.0.0.1:1/none",
        "DATABASE_WAIT": "1",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "tenant", "list"],
        cwd=settings.ROOT, env=around, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "[database.unreachable]" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret-word" not in done.stderr


def test_a_reader_that_has_heard_enough_ends_the_command_quietly():
    """``tenant list | head``. Take the catch of BrokenPipeError out of VerbCommand: a traceback comes instead."""
    reads, writes = os.pipe()
    os.close(reads)
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "tenant", "list"],
            cwd=settings.ROOT, env=environment(), stdout=writes, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    finally:
        os.close(writes)
    assert (done.returncode, "Traceback" in done.stderr, "BrokenPipe" in done.stderr) == (141, False, False)
