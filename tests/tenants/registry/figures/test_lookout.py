"""Whether people are at work: by the requests of all tenants, asked now and then."""

import pytest
from django.utils import timezone

from tenants.registry.figures import lookout, reading
from tenants.registry.figures.lookout import Lookout, people_work
from tenants.registry.figures.noting import Notebook


@pytest.fixture
def crowd(gia_lai, ha_noi):
    """Requests to two tenants, just now."""
    book = Notebook()
    for tenant in (gia_lai, ha_noi):
        for _each in range(40):
            book.note(schema=tenant.schema_name, page_class="desk", failed=False, seconds=0.02)
    assert book.flush()


def test_people_work_when_requests_of_all_tenants_come_in(crowd, settings):
    there = reading.read_crowd(now=timezone.now())
    settings.RELEASE_CROWD = there / 4  # more than half of it would be the requests of one tenant alone
    assert people_work()
    settings.RELEASE_CROWD = 100 * there
    assert not people_work()


def test_people_work_is_believed_when_nobody_can_tell(settings):
    settings.RELEASE_CROWD = 1_000_000.0
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    reading._client.cache_clear()
    try:
        assert people_work()
    finally:
        reading._client.cache_clear()


def test_is_busy_asks_again_when_its_answer_is_old(monkeypatch):
    answers = iter([True, False])
    looking = Lookout(lambda: next(answers))
    assert [looking.is_busy(), looking.is_busy()] == [True, True]
    monkeypatch.setattr(lookout, "LOOK_SECONDS", 0.0)
    looking._look_at = 0.0
    assert not looking.is_busy()
