"""A program at the door of Gia Lai, and one at Hà Nội's. Nothing is put in place of the real views."""

import copy
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from oauth2_provider.models import Application

from apps.accounts import services as accounts
from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username, get_actor
from apps.audit.models import Entry
from apps.dossiers.models import CodeCounter, Component, Dossier, Party
from apps.fees.models import FeeLine
from apps.organisations.selectors import get_unit_by_code
from kernel.actors import SYSTEM
from kernel.files.models import StoredFile
from kernel.http.models import IdempotencyKey
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import tenant_context
from tests.furniture import SINCE

HOSTS = {"H21": "gialai.localhost", "H26": "hanoi.localhost"}
SECRET = "bi-mat-cua-phan-mem-thu"
SCOPES = "dossiers:read dossiers:write procedures:read"
PERSON = {"name": "Nguyễn Văn Bình", "identity_number": "052090001234"}
BODY = {
    "procedure_code": "1.001193",
    "receiving_unit": "H21.101.01",
    "channel": "ONLINE",
    "parties": [
        {"role": "SUBMITTER", "phone": "0905 123 456", "address": "Phường Pleiku", **PERSON},
        {"role": "OWNER", **PERSON},
    ],
    "components": [{"key": "to-khai", "originals": 1}, {"key": "giay-chung-sinh", "originals": 1}],
    "answers": {
        "child_name": "Nguyễn Minh An",
        "child_sex": "Nữ",
        "child_birth_date": "2026-11-01",
        "child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
        "child_ethnicity": "Kinh",
        "child_nationality": "Việt Nam",
        "child_hometown": "Tỉnh Gia Lai",
        "requester_relation": "Cha",
    },
}
_WRITTEN = (Dossier, Party, Component, FeeLine, StoredFile, Entry, OutboxEvent, IdempotencyKey)


class Program:
    """A client of the API: asks with its token, by the real addresses."""

    def __init__(self, code: str, client_id: str) -> None:
        self.code, self.client_id = code, client_id
        self.http = Client(HTTP_HOST=HOSTS[code])
        self.token: str | None = None

    def ask_token(self, *, secret: str = SECRET, scope: str = SCOPES) -> Any:
        asked = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": secret,
            "scope": scope,
        }
        return self.http.post("/api/v1/oauth2/token", asked)

    def sign_in(self, scope: str = SCOPES) -> "Program":
        self.token = self.ask_token(scope=scope).json()["access_token"]
        return self

    def get(self, address: str, **headers: str) -> Any:
        return self.http.get(f"/api/v1/{address}", headers=self._headers(headers))

    def post(self, address: str, body: Any, **headers: str) -> Any:
        sent = body if isinstance(body, str) else json.dumps(body)
        return self.http.post(
            f"/api/v1/{address}", sent, content_type="application/json", headers=self._headers(headers)
        )

    def create(self, key: str | None = None, **changed: Any) -> Any:
        return self.post("dossiers", make_body(**changed), **{"Idempotency-Key": key or str(uuid4())})

    def upload(self, file: Any) -> Any:
        return self.http.post("/api/v1/files", {"file": file}, headers=self._headers({}))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | headers


def make_body(**changed: Any) -> dict[str, Any]:
    """The good body with some members changed; one that is None is left out."""
    body = {**copy.deepcopy(BODY), **changed}
    return {name: value for name, value in body.items() if value is not None}


@pytest.fixture(autouse=True)
def _a_working_morning(now) -> Iterator[Any]:
    with time_machine.travel(now, tick=True) as clock:
        yield clock


@pytest.fixture
def clock(_a_working_morning):
    return _a_working_morning


@pytest.fixture
def make_program(furnished, gia_lai, ha_noi, now):
    """A program with the duty of reception, over the whole tenant unless told otherwise."""
    tenants = {"H21": gia_lai, "H26": ha_noi}

    def make(code: str = "H21", *, unit: str | None = None, duty: Duty = Duty.RECEPTION) -> Program:
        client_id = f"chuong-trinh-{uuid4().hex[:8]}"
        with tenant_context(tenants[code]):
            place = get_unit_by_code(unit or code, on=now.date()).id
            user = accounts.create_program(
                username=client_id, full_name="Phần mềm thử", unit_id=place, by=SYSTEM, now=now
            )
            accounts.assign_duty(
                user_id=user.id, duty=duty, unit_id=place, valid_from=SINCE, by=SYSTEM, now=now
            )
            Application.objects.create(
                client_id=client_id,
                client_secret=SECRET,
                client_type=Application.CLIENT_CONFIDENTIAL,
                authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
                user_id=user.id,
            )
        return Program(code, client_id)

    return make


@pytest.fixture
def program(make_program) -> Program:
    return make_program().sign_in()


@pytest.fixture
def elsewhere(make_program) -> Program:
    return make_program("H26").sign_in()


@pytest.fixture
def written(furnished, gia_lai, ha_noi):
    """How many rows of each kind there are in both tenants, and how far the codes have counted."""

    def count() -> dict[str, list[int]]:
        found = {}
        for tenant in (gia_lai, ha_noi):
            with tenant_context(tenant):
                found[tenant.code] = [model.objects.count() for model in _WRITTEN]
                found[tenant.code] += sorted(CodeCounter.objects.values_list("last", flat=True))
        return found

    return count


@pytest.fixture
def refused(written):
    """Run a request, see that it is refused as told and that nothing was written anywhere."""

    def run(ask, status: int, code: str, field: str | None = None) -> SimpleNamespace:
        before = written()
        answer = ask()
        assert answer.status_code == status, answer.content.decode()
        assert answer["Content-Type"] == "application/problem+json"
        body = answer.json()
        assert (body["status"], body["code"]) == (status, code)
        assert body["type"] == f"urn:motcua:problem:{code}"
        assert body["detail"]
        assert body["title"]
        if field is not None:
            assert field in [row["field"] for row in body["errors"]]
        assert written() == before
        return SimpleNamespace(answer=answer, **body)

    return run


@pytest.fixture
def actor(in_gia_lai, now):
    def find(username: str):
        return get_actor(find_user_by_username(username).id, on=now.date())

    return find
