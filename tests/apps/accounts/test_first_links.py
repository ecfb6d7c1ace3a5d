"""A first password by a link: one use, seven days, the newer one voids the older."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from apps.accounts import errors
from apps.accounts.models import FirstLink, User
from apps.accounts.selectors import get_user_of_first_link, list_administrators
from apps.accounts.services import assign_duty, create_user, issue_first_link, retire_user, use_first_link
from apps.audit.models import Entry
from apps.organisations.errors import NotYourUnit
from apps.organisations.models import Unit
from kernel.actors import SYSTEM, Actor, ActorKind
from tenants.registry.context import tenant_context

pytestmark = pytest.mark.usefixtures("furnished", "in_gia_lai")
CHOSEN = "Mat-khau-toi-chon-1"


@pytest.fixture
def person(now):
    unit_id = User.objects.get(username="tiepnhan").unit_id
    return create_user(
        username="moi", full_name="Người Mới", unit_id=unit_id, password=None, by=SYSTEM, now=now
    )


def _state():
    return list(FirstLink.objects.order_by("id").values_list("used_at", "voided_at")), Entry.objects.count()


def _use(token, now, password=CHOSEN):
    return use_first_link(token=token, password=password, address="10.0.0.1", now=now)


def test_issue_first_link_keeps_only_the_digest_and_leaves_a_trace(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)

    link = FirstLink.objects.get(user_id=person.id)
    assert token not in str(FirstLink.objects.filter(id=link.id).values().get())
    assert link.expires_at == now + timedelta(days=7)
    trace = Entry.objects.latest("id")
    assert (trace.action, trace.subject_id) == ("user.first_link_issued", person.id)
    assert token not in str(trace.after)


def test_use_first_link_sets_the_password_once(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)

    assert _use(token, now).username == "moi"
    assert User.objects.get(id=person.id).check_password(CHOSEN)
    assert Entry.objects.latest("id").action == "user.first_link_used"
    before = _state()
    with pytest.raises(errors.FirstLinkUsed):
        _use(token, now, "Mot-mat-khau-khac-2")
    assert User.objects.get(id=person.id).check_password(CHOSEN)
    assert _state() == before


def test_use_first_link_refuses_one_that_is_too_old(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)
    before = _state()

    with pytest.raises(errors.FirstLinkExpired):
        _use(token, now + timedelta(days=7))
    assert _state() == before
    assert _use(token, now + timedelta(days=7, seconds=-1)).id == person.id


def test_issue_first_link_voids_the_older_one(person, now):
    older = issue_first_link(user_id=person.id, by=SYSTEM, now=now)
    newer = issue_first_link(user_id=person.id, by=SYSTEM, now=now)

    with pytest.raises(errors.FirstLinkVoided):
        _use(older, now)
    assert not User.objects.get(id=person.id).has_usable_password()
    assert _use(newer, now).id == person.id


def test_use_first_link_keeps_the_link_when_the_password_is_weak(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)
    before = _state()

    with pytest.raises(errors.PasswordWeak):
        _use(token, now, "12345678901")
    assert _state() == before
    assert _use(token, now).id == person.id


def test_a_link_of_one_tenant_opens_nothing_in_another(person, ha_noi, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)

    with tenant_context(ha_noi), pytest.raises(errors.FirstLinkUnknown):
        _use(token, now)
    assert _use(token, now).id == person.id


def test_a_link_of_somebody_who_has_left_opens_nothing(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)
    retire_user(user_id=person.id, hand_over_to=None, by=SYSTEM, now=now)

    with pytest.raises(errors.FirstLinkUnknown):
        _use(token, now)
    with pytest.raises(errors.UserRetired):
        issue_first_link(user_id=person.id, by=SYSTEM, now=now)


def test_issue_first_link_is_for_administrators_of_the_unit(person, now):
    colleague = User.objects.get(username="tiepnhan")
    before = _state()

    with pytest.raises(NotYourUnit):
        issue_first_link(
            user_id=person.id, by=Actor(ActorKind.STAFF, colleague.id, colleague.full_name), now=now
        )
    assert _state() == before


def test_guessing_links_is_stopped(person, now):
    """Take the counting out of ``use_first_link`` and every guess is looked at."""
    cache.clear()
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)
    for number in range(30):
        with pytest.raises(errors.FirstLinkUnknown):
            _use(f"doan-mo-{number}", now)
    with pytest.raises(errors.FirstLinkLocked):
        _use(token, now)
    assert not User.objects.get(id=person.id).has_usable_password()


def test_get_user_of_first_link_says_whose_it_is_and_uses_nothing(person, now):
    token = issue_first_link(user_id=person.id, by=SYSTEM, now=now)

    for _ in range(40):  # looking is given back: a slow person may open the page often
        assert get_user_of_first_link(token=token, address="10.0.0.1", now=now).id == person.id
    assert FirstLink.objects.get(user_id=person.id).used_at is None


def test_list_administrators_names_those_of_the_whole_tenant_only(now):
    """``quantri`` administers a ward, not the province."""
    assert list_administrators(on=now.date(), now=now) == []
    root = User.objects.get(username="kiemsoat")
    unit = Unit.objects.get(code="H21")
    assign_duty(
        user_id=root.id, duty="UNIT_ADMIN", unit_id=unit.id, valid_from=now.date(), by=SYSTEM, now=now
    )
    (found,) = list_administrators(on=now.date(), now=now)
    assert (found.username, found.has_signed_in, found.has_working_link) == ("kiemsoat", False, False)
    issue_first_link(user_id=root.id, by=SYSTEM, now=now)
    assert list_administrators(on=now.date(), now=now)[0].has_working_link
    assert not list_administrators(on=now.date(), now=now + timedelta(days=8))[0].has_working_link
