"""Long work waits for nobody's letters, and letters wait for no long work: queues of their own."""

from uuid import uuid4

import pytest
import redis
from django.conf import settings

from infra.demo.foreground import _commands
from project import offers, onboarding_jobs, relay, rollouts, tenant_work
from project.celery import app
from tenants.registry.context import tenant_context

SHORT, LONG, ROLLOUT = settings.CELERY_TASK_DEFAULT_QUEUE, settings.LONG_QUEUE, settings.ROLLOUT_QUEUE


@pytest.fixture
def waiting():
    """How many messages came into each queue of the real broker; nobody listens there."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(SHORT, LONG, ROLLOUT)
        yield lambda: {name: sent for name in (SHORT, LONG, ROLLOUT) if (sent := broker.llen(name))}
        broker.delete(SHORT, LONG, ROLLOUT)


def test_long_work_is_sent_to_its_own_queue_and_short_tasks_are_not(waiting, gia_lai):
    """Seen to fail without CELERY_TASK_ROUTES: all five lay in one queue."""
    tenant_work.run.delay(public_id=str(uuid4()))
    onboarding_jobs.run.delay(public_id=str(uuid4()))
    offers.note.delay(run_id=1)
    assert waiting() == {LONG: 3}
    rollouts.wake()
    assert waiting() == {LONG: 3, ROLLOUT: 1}
    with tenant_context(gia_lai):
        relay.deliver.delay()
    assert waiting() == {SHORT: 1, LONG: 3, ROLLOUT: 1}


def test_the_demo_listens_to_every_queue_and_to_long_work_apart():
    """A queue that nobody listens to keeps its work for ever."""
    heard = {
        name: set(words[words.index("--queues") + 1].split(","))
        for name, words in _commands().items()
        if "--queues" in words
    }
    assert heard == {"worker": {SHORT}, "long": {LONG, ROLLOUT}}
    assert {queue.name for queue in app.conf.task_queues} == {SHORT, LONG, ROLLOUT}


def test_every_routed_task_is_there():
    """A task that was renamed would fall back among the short ones."""
    app.loader.import_default_modules()
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)
