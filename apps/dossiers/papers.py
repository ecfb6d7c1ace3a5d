"""What stands on the forms: plain data, taken from the dossier at the moment of issue."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.deadlines.selectors import DueDateView
from apps.deadlines.wording import say_amount
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.models import Component, Dossier, Party
from apps.fees import selectors as fees
from apps.organisations import selectors as organisations
from apps.procedures.selectors import AdoptedView
from kernel.actors import Actor
from tenants.registry.addresses import public_address
from tenants.registry.context import get_current_tenant


def receipt_data(
    dossier: Dossier,
    version: AdoptedView,
    case: dict[str, Any],
    due: DueDateView,
    owed: fees.FeesView,
    by: Actor,
) -> dict[str, Any]:
    """Form 01."""
    limit = case["limit"]
    spared = fees.find_exemption(subject_id=dossier.id) if owed.lines else None
    return {
        **_head(dossier, by),
        "components": [
            {"name": row.name, "originals": row.originals, "copies": row.copies}
            for row in Component.objects.filter(dossier_id=dossier.id).order_by("id")
        ],
        "sets": 1,
        "limit": say_amount(limit["amount"], limit["unit"]),
        "received_at": _moment(dossier.accepted_at),
        "due_at": _moment(due.due_at),
        "result_channel": Channel(dossier.result_channel).value,
        "fees": [{"name": line.name, "amount": line.total} for line in owed.lines],
        "fee_total": owed.total,
        **(_exemption(spared) if spared and spared.is_confirmed else {}),
        "secret": dossier.secret,
    }


def _exemption(spared: fees.ExemptionView) -> dict[str, Any]:
    """Who is spared, and on which ground: on the paper that the applicant keeps."""
    return {"exemption": {"group": spared.group_name, "ground": spared.legal_ground}}


def supplement_data(
    dossier: Dossier, items: list[str], reason: str, ground: str, by: Actor
) -> dict[str, Any]:
    """Form 02."""
    return {**_head(dossier, by), "items": items, "reason": reason, "ground": ground}


def refusal_data(dossier: Dossier, reason: str, by: Actor) -> dict[str, Any]:
    """Form 03."""
    return {**_head(dossier, by), "reason": reason}


def stop_data(dossier: Dossier, reason: str, ground: str, by: Actor) -> dict[str, Any]:
    """Form 05."""
    return {**_head(dossier, by), "reason": reason, "ground": ground}


def _head(dossier: Dossier, by: Actor) -> dict[str, Any]:
    """What every form begins with. Personal data of the submitter and the owner."""
    parties = {party.role: party for party in Party.objects.filter(dossier_id=dossier.id)}
    submitter: Party = parties[PartyRole.SUBMITTER]
    owner: Party = parties[PartyRole.OWNER]
    parent = organisations.list_ancestors(dossier.receiving_unit.path)[0]
    return {
        "authority": parent.name,
        "centre": dossier.receiving_unit.name,
        "centre_address": dossier.receiving_unit.address,
        "centre_phone": dossier.receiving_unit.phone,
        "code": dossier.code,
        "procedure_code": dossier.procedure_code,
        "procedure": dossier.procedure_name,
        "submitter": {
            "name": submitter.name,
            "identity_number": submitter.identity_number,
            "address": submitter.address,
            "phone": submitter.phone,
            "email": submitter.email,
        },
        "owner": {"name": owner.name, "address": owner.address},
        "officer": by.name,
        "place": _place(get_current_tenant().name),
        "tracking_address": public_address("/tra-cuu"),
    }


def _place(tenant_name: str) -> str:
    """What stands before the date: the name of the province without its kind; a ministry sits in Hà Nội."""
    for kind in ("Tỉnh ", "Thành phố "):
        if tenant_name.startswith(kind):
            return tenant_name.removeprefix(kind)
    return "Hà Nội"


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).isoformat() if value else ""
