"""Letters leave the house at least once, each with a Message-ID of its own: a copy is known as one."""

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.db import transaction

from apps.notifications.enums import MessageState
from apps.notifications.models import Message
from tenants.registry.context import get_current_tenant

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)


def deliver_waiting(*, now: datetime, limit: int = 200) -> int:
    """Try what is due, oldest first; returns how many were tried."""
    due = (
        Message.objects.filter(next_attempt_at__lte=now)
        .order_by("next_attempt_at")
        .values_list("id", flat=True)
    )
    return sum(deliver_message(message_id=message_id, now=now) for message_id in list(due[:limit]))


@transaction.atomic
def deliver_message(*, message_id: int, now: datetime) -> bool:
    """One attempt. False when it was sent already, is not due yet, or another worker has it.

    The row stays locked while the letter leaves, so it is sent twice only if
    the process dies between the mail server's answer and the commit.
    """
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(id=message_id, state=MessageState.WAITING, next_attempt_at__lte=now)
        .first()
    )
    if message is None:
        return False
    message.attempts += 1
    try:
        _send(message)
    except (SMTPException, OSError) as error:
        _put_off(message, error, now)
    else:
        message.state, message.sent_at, message.next_attempt_at, message.last_error = "SENT", now, None, ""
    message.save(update_fields=["attempts", "state", "sent_at", "next_attempt_at", "last_error"])
    return True


def _send(message: Message) -> None:
    tenant = get_current_tenant()
    EmailMessage(
        subject=message.title,
        body=message.body,
        to=[message.recipient],
        headers={
            "Message-ID": f"<{message.public_id}@{tenant.code.lower()}.mot-cua>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


def _put_off(message: Message, error: Exception, now: datetime) -> None:
    """Later, with doubling pauses; at the end, or for an address that the server refuses, given up."""
    message.last_error = type(error).__name__
    if message.attempts >= MAX_ATTEMPTS or isinstance(error, SMTPRecipientsRefused):
        message.state, message.next_attempt_at = MessageState.FAILED, None
    else:
        message.next_attempt_at = now + min(FIRST_DELAY * 2 ** (message.attempts - 1), LONGEST_DELAY)
