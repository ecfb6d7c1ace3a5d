"""What the clock hands out exists: a name that nobody answers to would fail in the worker's log, every round, unseen."""

import pytest

from project.celery import app


def test_every_task_of_the_clock_is_known():
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert asked
    assert asked <= set(app.tasks)


@pytest.mark.parametrize("name", ["rollouts", "health"])
def test_a_round_that_waits_longer_than_itself_is_dropped(name):
    """The next one does the same."""
    entry = app.conf.beat_schedule[name]
    assert entry["options"]["expires"] <= entry["schedule"]
