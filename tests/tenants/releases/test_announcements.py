"""Announcements: to whom they are shown, until when, and what is refused."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from kernel.actors import Actor, ActorKind
from kernel.errors import Refusals
from tenants.registry.acts import list_acts
from tenants.releases.announcements import list_announcements, list_for
from tenants.releases.enums import Audience
from tenants.releases.errors import AnnouncementUnknown
from tenants.releases.services import announce, withdraw
from tests.statements import statements_of

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=None, name="Nguyễn Văn Điều")


@pytest.fixture
def now():
    """The present: what is over is not read from the database at all."""
    from django.utils import timezone

    return timezone.now()


def made(now, **given):
    wanted = {
        "title": "Bảo trì đường truyền",
        "body": "Tối thứ Bảy.",
        "audience": [Audience.STAFF],
        "rings": [],
        "tenants": [],
        "shown_from": now,
        "shown_to": now + timedelta(hours=1),
    } | given
    return announce(by=OPERATOR, now=now, **wanted)


def shown(tenant, now, audience=Audience.STAFF):
    return [one.title for one in list_for(tenant=tenant, audience=audience, now=now)]


def test_list_for_shows_each_tenant_and_audience_its_own(gia_lai, ha_noi, now):
    made(now, title="Mọi nơi")
    made(now, title="Riêng Hà Nội", tenants=["H26"])
    made(now, title="Vòng thí điểm", rings=["PILOT"])
    made(now, title="Cho người dân", audience=[Audience.CITIZEN])
    gia_lai.ring = "PILOT"
    assert shown(gia_lai, now) == ["Vòng thí điểm", "Mọi nơi"]
    assert shown(ha_noi, now) == ["Riêng Hà Nội", "Mọi nơi"]
    assert shown(ha_noi, now, Audience.CITIZEN) == ["Cho người dân"]


def test_list_for_keeps_to_the_two_moments_and_asks_nothing_when_warm(gia_lai, now):
    made(now, shown_from=now + timedelta(minutes=10))
    assert shown(gia_lai, now) == []
    assert statements_of(lambda: shown(gia_lai, now)) == []
    assert shown(gia_lai, now + timedelta(minutes=10)) == ["Bảo trì đường truyền"]
    assert shown(gia_lai, now + timedelta(hours=1)) == []


def test_withdraw_ends_it_once(gia_lai, now):
    one = made(now)
    withdraw(announcement_id=one.id, by=OPERATOR, now=now)
    assert shown(gia_lai, now) == []
    with pytest.raises(AnnouncementUnknown):
        withdraw(announcement_id=one.id, by=OPERATOR, now=now)
    assert [act.action for act in list_acts()] == ["announcement.withdrawn", "announcement.made"]


def test_announce_refuses_everything_at_once_and_changes_nothing(db, now):
    with pytest.raises(Refusals) as refused:
        made(now, title=" ", audience=[], rings=["SOON"], tenants=["H99"], shown_to=now)
    fields = [one.field for one in refused.value.refusals]
    assert fields == ["title", "audience", "shown_to", "rings", "tenants"]
    assert list_announcements() == []
    assert list_acts() == []


def test_the_command_makes_lists_and_withdraws(gia_lai, now):
    said = StringIO()
    call_command("announce", "make", "Bảo trì", "--tenant", "H21", "--hours", "2", stdout=said)
    assert shown(gia_lai, now + timedelta(minutes=1)) == ["Bảo trì"]
    call_command("announce", "withdraw", list_announcements()[0].id, stdout=said)
    call_command("announce", "list", stdout=said)
    assert "đã gỡ  Bảo trì" in said.getvalue()
