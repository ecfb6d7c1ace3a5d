"""Door 1: what was said about a dossier."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from apps.notifications.enums import MessageChannel
from apps.notifications.models import Message

# By hand, as in kernel/outbox/selectors.py.
FAILING = """
SELECT count(*) FROM notifications_message
 WHERE channel = 'EMAIL' AND state IN ('WAITING', 'FAILED') AND attempts > 0
   AND created_at >= %(since)s AND created_at < %(until)s
"""


@dataclass(frozen=True, slots=True)
class MessageView:
    id: int
    kind: str
    channel: str
    state: str
    title: str
    body: str
    created_at: datetime
    sent_at: datetime | None


def list_messages(subject_id: int, *, channel: str | None = None, limit: int = 100) -> list[MessageView]:
    """Newest first; with ``channel=PAGE`` what the applicant reads where the dossier is tracked."""
    messages = Message.objects.filter(subject_id=subject_id)
    if channel is not None:
        messages = messages.filter(channel=MessageChannel(channel))
    return [
        MessageView(**{name: getattr(message, name) for name in MessageView.__slots__})
        for message in messages.order_by("-id")[:limit]
    ]


def count_failing(*, since: datetime, until: datetime) -> int:
    """Letters of that time that a mail server would not take: given up, or waiting after a failure."""
    with connection.cursor() as cursor:
        cursor.execute(FAILING, {"since": since, "until": until})
        return int(cursor.fetchone()[0])
