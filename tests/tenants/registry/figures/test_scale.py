"""The scale of durations."""

import pytest

from tenants.registry.figures.scale import milliseconds_of, percentile, step_of


@pytest.mark.parametrize("milliseconds", [0.2, 1, 7.5, 20, 99, 400, 2500, 30000])
def test_milliseconds_of_a_step_is_never_better_and_at_most_15_percent_worse(milliseconds):
    told = milliseconds_of(step_of(milliseconds / 1000))
    assert milliseconds <= told <= milliseconds * 1.15


def test_step_of_what_is_off_the_scale():
    assert step_of(0) == step_of(0.00001) == 0
    assert step_of(1e9) == 119


def test_percentile_is_of_all_requests():
    quick, slow = step_of(0.02), step_of(3.0)
    assert percentile({quick: 95, slow: 5}, 0.95) == milliseconds_of(quick)
    assert percentile({quick: 94, slow: 6}, 0.95) == milliseconds_of(slow)
    assert percentile({}, 0.95) is None
