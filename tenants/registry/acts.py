"""The central trail of what operators did: written in the transaction of the act, read newest first."""

import getpass
from datetime import datetime
from typing import Any

from django.db import connection

from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct


def command_line_operator() -> Actor:
    """Who acts when a command is run in a shell: nobody's sign-in, but the machine's account under its name."""
    return Actor(kind=ActorKind.OPERATOR, id=None, name=getpass.getuser())


def record_act(
    *,
    by: Actor,
    action: str,
    now: datetime,
    tenant_code: str = "",
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Raises RuntimeError outside a transaction: the trace stands and falls with the act."""
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded inside the transaction of its change")
    with central_context():
        OperatorAct.objects.create(
            at=now,
            operator_id=by.id,
            operator_name=by.name,
            action=action,
            tenant_code=tenant_code,
            reason=reason,
            facts=facts or {},
        )


def list_acts(*, tenant_code: str = "", before_id: int | None = None, limit: int = 50) -> list[OperatorAct]:
    """Newest first; a keyset page by ``before_id``."""
    with central_context():
        acts = OperatorAct.objects.order_by("-id")
        if tenant_code:
            acts = acts.filter(tenant_code=tenant_code)
        if before_id is not None:
            acts = acts.filter(id__lt=before_id)
        return list(acts[:limit])
