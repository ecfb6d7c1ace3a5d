"""The demo's units and people: believable, complete, and the same at a second run."""

import pytest

from apps.accounts.enums import Duty
from apps.accounts.selectors import find_user_by_username, get_actor, list_people_with_duty, list_users
from apps.organisations.codes import is_qd20
from apps.organisations.selectors import find_unit_by_code, list_units
from infra.seed.organisations import FIRST_DAY, TREES, seed_units
from infra.seed.staff import DEMO_ACCOUNTS, PLACES, seed_staff
from kernel.vietnamese import clean


@pytest.mark.parametrize("code", TREES)
def test_codes_are_unique_valid_and_parents_come_first(code):
    seen = set()
    for seed in TREES[code]():
        assert is_qd20(seed.code)
        assert seed.code not in seen
        assert seed.parent is None or seed.parent in seen
        assert clean(seed.name) == seed.name
        assert "tỉnh tỉnh" not in seed.name
        seen.add(seed.code)
    assert set(PLACES[code].values()) <= seen


@pytest.mark.parametrize("code", TREES)
def test_there_is_one_account_for_each_duty_and_a_second_run_adds_nothing(code, in_gia_lai, now):
    """The trees do not look at which tenant they are laid in."""
    assert seed_units(code, now) > 30
    assert seed_staff(code, now) > 100
    assert seed_units(code, now) == 0
    assert seed_staff(code, now) == 0
    held = set()
    for account in DEMO_ACCOUNTS:
        actor = get_actor(find_user_by_username(account.username).id, on=now.date())
        held |= {grant.duty for grant in actor.grants}
    assert held == set(Duty.values)
    names = [user.full_name for user, _unit in list_users(limit=1000)]
    assert len(set(names)) > len(names) * 0.5


def test_every_counter_has_people_for_intake_money_and_results(in_gia_lai, now):
    seed_units("H21", now)
    seed_staff("H21", now)
    counters = list_units(on=now.date(), receives=True)
    assert len(counters) >= 20
    for unit in counters:
        for duty in ("RECEPTION", "CASHIER", "RETURN_CLERK"):
            assert list_people_with_duty(duty=duty, unit_path=unit.path, on=now.date())
    assert find_unit_by_code("000.00.24.H21", on=FIRST_DAY).code == "H21.24"
