"""One message to one recipient about one event."""

from django.db import models
from django.db.models import Q

from apps.notifications.enums import MessageChannel, MessageKind, MessageState


class Message(models.Model):
    """Unique by event and recipient: an event that is delivered twice writes and sends once.

    The text holds the dossier's code and the tracking address, nothing else
    about the person or the case.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    event_id = models.UUIDField()
    subject_id = models.BigIntegerField()  # the dossier's key
    kind = models.CharField(max_length=20, choices=MessageKind)
    channel = models.CharField(max_length=8, choices=MessageChannel)
    recipient = models.CharField(max_length=254, blank=True)
    locale = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=MessageState)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "channel", "recipient"], name="message_once_an_event"
            ),
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_is_known"),
            models.CheckConstraint(
                condition=Q(channel="PAGE", state="SHOWN", recipient="")
                | (Q(channel="EMAIL") & ~Q(recipient="") & Q(state__in=["WAITING", "SENT", "FAILED"])),
                name="message_channel_fits_its_state",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False)
                | (~Q(state="SENT") & Q(sent_at__isnull=True)),
                name="message_sent_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", next_attempt_at__isnull=False)
                | (~Q(state="WAITING") & Q(next_attempt_at__isnull=True)),
                name="message_waits_for_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "id"], name="message_by_subject"),
            models.Index(
                fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False), name="message_waiting"
            ),
        ]
