"""A message is written once, leaves after the commit, and says nothing that it should not."""

import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings

from apps.notifications.enums import MessageKind, MessageState
from apps.notifications.models import Message
from apps.notifications.selectors import list_messages
from apps.notifications.services import deliver_message, deliver_waiting, tell
from apps.notifications.services.delivering import MAX_ATTEMPTS
from apps.notifications.texts import compose
from kernel.ids import uuid7
from tenants.registry.context import tenant_context

CODE = "H21.24-261123-0001"


@pytest.fixture
def facts(in_gia_lai, now):
    return {
        "event_id": uuid7(),
        "subject_id": 41,
        "kind": MessageKind.ACCEPTED,
        "code": CODE,
        "to_email": "dan@example.vn",
        "locale": "vi",
        "now": now,
    }


def test_tell_twice_writes_and_sends_once(facts, now):
    tell(**facts)
    tell(**facts)
    assert sorted(message.channel for message in list_messages(41)) == ["EMAIL", "PAGE"]
    assert mail.outbox == []
    assert deliver_waiting(now=now) == 1
    assert deliver_waiting(now=now) == 0
    (letter,) = mail.outbox
    assert letter.to == ["dan@example.vn"]
    assert CODE in letter.subject
    assert "http://gialai.localhost" in letter.body
    assert letter.extra_headers["Message-ID"]


def test_without_an_address_the_page_still_shows_it(facts, now):
    tell(**{**facts, "to_email": ""})
    (message,) = list_messages(41, channel="PAGE")
    assert message.state == MessageState.SHOWN
    assert deliver_waiting(now=now) == 0
    assert list_messages(42) == []


def test_another_tenant_sees_none(facts, ha_noi):
    tell(**facts)
    with tenant_context(ha_noi):
        assert list_messages(41) == []


@pytest.mark.parametrize("kind", MessageKind)
@pytest.mark.parametrize("locale", ["vi", "en", "fr"])
def test_every_kind_is_said_with_code_and_link_only(kind, locale):
    title, body = compose(kind=kind, locale=locale, code=CODE, agency="Tỉnh Gia Lai", link="http://x/tra-cuu")
    assert CODE in title
    assert "http://x/tra-cuu" in body
    assert "{" not in title + body
    assert len(title) <= 200


def _closed_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_a_mail_server_that_is_away_is_asked_again_later_and_not_for_ever(facts, now):
    tell(**facts)
    message = Message.objects.get(channel="EMAIL")
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=_closed_port()):
        assert deliver_message(message_id=message.id, now=now)
        message.refresh_from_db()
        assert (message.state, message.attempts, message.last_error) == (
            "WAITING",
            1,
            "ConnectionRefusedError",
        )
        assert message.next_attempt_at == now + timedelta(minutes=1)
        assert not deliver_message(message_id=message.id, now=now)
        later = now
        while message.state == "WAITING":
            later += timedelta(days=1)
            deliver_message(message_id=message.id, now=later)
            message.refresh_from_db()
    assert (message.state, message.attempts) == ("FAILED", MAX_ATTEMPTS)
    assert mail.outbox == []
