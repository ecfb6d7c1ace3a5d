"""Who gets in, and what guessing costs."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import RequestFactory, override_settings

from apps.accounts import lockout
from apps.accounts.errors import SignInLocked
from apps.accounts.models import User
from apps.accounts.services import create_program, retire_user, set_password
from apps.accounts.sign_in import StaffBackend
from kernel.actors import SYSTEM
from tenants.registry.context import central_context, tenant_context
from tests.apps.accounts.conftest import PASSWORD

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def sign_in(username, password=PASSWORD, address="203.0.113.5", **headers):
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    return authenticate(request, username=username, password=password)


def test_the_right_password_opens(place):
    assert sign_in("mai").id == place.mai.id
    assert sign_in(" MAI ").id == place.mai.id


@pytest.mark.parametrize(
    ("username", "password"), [("mai", "sai"), ("nobody", PASSWORD), ("", PASSWORD), ("mai", "")]
)
def test_anything_else_does_not(place, username, password):
    assert sign_in(username, password) is None


def test_a_program_and_one_who_left_cannot_sign_in(place, now):
    program = create_program(
        username="lgsp", full_name="Trục LGSP", unit_id=place.province.id, by=SYSTEM, now=now
    )
    User.objects.filter(id=program.id).update(password=User.objects.get(id=place.mai.id).password)
    assert sign_in("lgsp") is None
    retire_user(user_id=place.mai.id, hand_over_to=None, by=SYSTEM, now=now)
    assert sign_in("mai") is None
    assert StaffBackend().get_user(place.mai.id) is None


def test_only_at_the_own_tenant(place, ha_noi):
    with tenant_context(ha_noi):
        assert sign_in("mai") is None
    with central_context():
        assert StaffBackend().authenticate(None, username="mai", password=PASSWORD) is None
        assert StaffBackend().get_user(place.mai.id) is None


def test_get_user_is_one_query(place, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert StaffBackend().get_user(place.mai.id).username == "mai"


def test_after_too_many_failures_even_the_right_password_is_refused(place):
    for _ in range(lockout.ATTEMPTS_PER_NAME_AND_ADDRESS):
        assert sign_in("mai", "sai") is None
    with pytest.raises(SignInLocked) as refusal:
        sign_in("mai")
    assert "15 phút" in str(refusal.value)
    assert sign_in("mai", address="203.0.113.6").id == place.mai.id  # at home, away from who guesses
    assert sign_in("binh").id == place.binh.id


def test_the_lock_is_the_tenants_own(place, ha_noi):
    for _ in range(lockout.ATTEMPTS_PER_NAME_AND_ADDRESS):
        sign_in("mai", "sai")
    with tenant_context(ha_noi):
        assert sign_in("mai", "sai") is None


def test_a_name_is_locked_from_everywhere_and_an_address_for_every_name(place):
    for number in range(lockout.ATTEMPTS_PER_NAME):
        sign_in("mai", "sai", address=f"198.51.100.{number}")
    with pytest.raises(SignInLocked):
        sign_in("mai", address="192.0.2.1")
    for number in range(lockout.ATTEMPTS_PER_ADDRESS):
        sign_in(f"name{number}", "sai", address="192.0.2.9")
    with pytest.raises(SignInLocked):
        sign_in("binh", address="192.0.2.9")


def test_a_success_forgets_the_failures_before_it(place):
    for _ in range(3):
        for _ in range(lockout.ATTEMPTS_PER_NAME_AND_ADDRESS - 1):
            sign_in("mai", "sai")
        assert sign_in("mai") is not None


def test_an_address_that_the_caller_writes_is_not_believed(place):
    for number in range(lockout.ATTEMPTS_PER_NAME_AND_ADDRESS):
        sign_in("mai", "sai", **{"X-Forwarded-For": f"198.51.100.{number}"})
    with pytest.raises(SignInLocked):
        sign_in("mai", **{"X-Forwarded-For": "198.51.100.99"})


@override_settings(PROXIES_IN_FRONT=1)
def test_behind_a_proxy_its_word_counts(place):
    for _ in range(lockout.ATTEMPTS_PER_NAME_AND_ADDRESS):
        sign_in("mai", "sai", address="10.0.0.1", **{"X-Forwarded-For": "made up, 198.51.100.1"})
    assert sign_in("mai", address="10.0.0.1", **{"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}) is not None


@override_settings(PASSWORD_HASHERS=ARGON2)
def test_an_unknown_name_costs_a_password_check_like_a_known_one(place, now, monkeypatch):
    """By what is worked out, not by the clock: one hash of the same sort. Seen to fail without ``make_password``."""
    set_password(user_id=place.mai.id, password=PASSWORD, by=SYSTEM, now=now)
    assert User.objects.get(id=place.mai.id).password.startswith("argon2")
    worked = []
    for name in ("encode", "verify"):
        plain = getattr(Argon2PasswordHasher, name)

        def counted(self, *given, plain=plain, **more):
            worked.append((self.time_cost, self.memory_cost, self.parallelism))
            return plain(self, *given, **more)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)

    def cost_of(username):
        worked.clear()
        assert sign_in(username, "sai") is None
        return list(worked)

    known = cost_of("mai")
    assert len(known) == 1
    assert cost_of("nobody") == known
    retire_user(user_id=place.mai.id, hand_over_to=None, by=SYSTEM, now=now)
    assert cost_of("mai") == known
