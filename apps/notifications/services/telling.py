"""A message is written down; it leaves the house after the commit."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.notifications.enums import MessageChannel, MessageKind, MessageState
from apps.notifications.models import Message
from apps.notifications.texts import compose
from kernel.ids import uuid7
from tenants.registry.addresses import public_address
from tenants.registry.context import get_current_tenant

TRACKING_PATH = "/tra-cuu"
_after_telling: Callable[[], None] | None = None


def set_after_telling(kick: Callable[[], None] | None) -> None:
    """Wired once by this room's tasks: what wakes the worker when a letter waits."""
    global _after_telling
    _after_telling = kick


@transaction.atomic
def tell(
    *,
    event_id: UUID,
    subject_id: int,
    kind: MessageKind,
    code: str,
    to_email: str,
    locale: str,
    now: datetime,
) -> None:
    """Once for an event, however often it is called.

    Always a line for the tracking page; a letter as well where the applicant left an address.
    """
    title, body = compose(
        kind=kind,
        locale=locale,
        code=code,
        agency=get_current_tenant().name,
        link=public_address(TRACKING_PATH),
    )
    facts = {
        "event_id": event_id,
        "subject_id": subject_id,
        "kind": kind,
        "locale": locale,
        "title": title,
        "body": body,
        "created_at": now,
    }
    messages = [
        Message(
            public_id=uuid7(), channel=MessageChannel.PAGE, recipient="", state=MessageState.SHOWN, **facts
        )
    ]
    if to_email:
        messages.append(
            Message(
                public_id=uuid7(),
                channel=MessageChannel.EMAIL,
                recipient=to_email,
                state=MessageState.WAITING,
                next_attempt_at=now,
                **facts,
            )
        )
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if to_email and _after_telling is not None:
        transaction.on_commit(_after_telling, robust=True)
