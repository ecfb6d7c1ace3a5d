"""Create a dossier: over the API with token and a fresh key, beside a nested ModelSerializer."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from rest_framework.renderers import JSONRenderer

from apps.audit.models import Entry
from apps.dossiers.models import Component, Dossier, Party
from apps.procedures.selectors import get_version_in_force
from infra.bench.ceiling import PlainComponent, PlainDossier, PlainEntry, PlainEvent, PlainKey, PlainParty
from infra.bench.doors import Asked, Door
from infra.bench.people import get_token
from infra.bench.places import make_answers
from infra.bench.settings import COUNTER
from kernel.http.models import IdempotencyKey
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant

PROCEDURE = "1.001193"
_SURNAMES = ("Nguyễn Văn", "Trần Thị", "Lê Hữu", "Phạm Ngọc", "Đặng Thị Hồng", "Rơ Châm")
_GIVEN = ("Bình", "Ánh", "Đức", "Yến", "Khánh", "Thảo", "Ơn")


def our_requests(tenant: Tenant, today: Any) -> Iterator[Asked]:
    """Endless; each with a name and a key of its own."""
    with tenant_context(tenant):
        version = get_version_in_force(PROCEDURE, today)
    if version is None:
        raise RuntimeError(f"{PROCEDURE} is not in force in the bench's house")
    content = version.content
    case = content["cases"][0]
    token = get_token()
    papers = [key for key in case["components"] if _is_required(content, key)]
    number = 0
    while True:
        number += 1
        name = f"{_SURNAMES[number % len(_SURNAMES)]} {_GIVEN[number % len(_GIVEN)]}"
        identity = f"0520900{number % 100000:05d}"
        person = {"name": name, "identity_number": identity, "address": "Số 69 Hùng Vương, phường Pleiku"}
        body = {
            "procedure_code": PROCEDURE,
            "case_code": case["code"],
            "receiving_unit": COUNTER,
            "channel": "ONLINE",
            "parties": [{"role": "SUBMITTER", **person, "phone": "0905123456"}, {"role": "OWNER", **person}],
            "components": [{"key": key, "originals": 1} for key in papers],
            "answers": make_answers(content["form"]),
        }
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        yield Asked("POST", "/api/v1/dossiers", json.dumps(body).encode(), headers=headers)


def _is_required(content: dict[str, Any], key: str) -> bool:
    return next(part["required"] for part in content["components"] if part["key"] == key)


def ceiling_requests(tenant: Tenant, house: Door, ours: Iterator[Asked]) -> Iterator[Asked]:
    """The rows of a dossier that the house has just created, handed in again ready-made under other ids."""
    answer = house.ask(next(ours))
    with tenant_context(tenant):
        rows = _rows_of(json.loads(answer.body)["id"])
    for number in range(1, 10**9):
        rows["public_id"], rows["event"]["event_id"] = str(uuid4()), str(uuid4())
        rows["code"] = f"{rows['agency']}-C{rows['public_id'][-12:]}-{number:07d}"[:60]
        rows["key"]["key"] = str(uuid4())
        yield Asked("POST", "/dossiers", JSONRenderer().render(rows))


def _rows_of(public_id: str) -> dict[str, Any]:
    dossier = Dossier.objects.select_related("receiving_unit").get(public_id=public_id)
    return {
        **PlainDossier(dossier).data,
        "parties": PlainParty(Party.objects.filter(dossier=dossier), many=True).data,
        "components": PlainComponent(Component.objects.filter(dossier=dossier), many=True).data,
        "entry": PlainEntry(Entry.objects.get(subject_type="dossier", subject_id=dossier.id)).data,
        "event": PlainEvent(OutboxEvent.objects.get(payload__dossier_id=dossier.id)).data,
        "key": PlainKey(IdempotencyKey.objects.get(answer__id=public_id)).data,
        "agency": dossier.receiving_unit.code,
        "day": dossier.submitted_at.date().isoformat(),
    }
