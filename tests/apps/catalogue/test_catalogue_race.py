"""Two operators at once, on two connections, with real commits.

Seen to fail with ``select_for_update`` taken out of ``drafting.lock_version``: the second then
runs into the database's trigger instead of being refused; and with ``lock_log`` emptied: both
write a line after the same one, and the constraint against forks ends the second with an error.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from apps.catalogue import services
from apps.catalogue.errors import VersionNotInReview
from apps.catalogue.models import PublishLog, TemplateVersion
from apps.catalogue.national_files import read_national
from apps.catalogue.verifying import verify_ledger
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from tenants.registry.context import central_context
from tests.lived_in import furnished_centre
from tests.publishing import BASIS, REVIEWER

ROUNDS = 6
CODES = ("1.001193", "1.000894")
CONTENT = {file.code: file.content for file in read_national()}
OTHER = Actor(kind=ActorKind.OPERATOR, id=98, name="Lê Thị Khác")


@pytest.fixture
def centre(django_db_setup, django_db_blocker, now) -> Iterator[None]:
    with django_db_blocker.unblock(), furnished_centre(now), central_context():
        yield


def at_once(*calls):
    gate = Barrier(len(calls))

    def one(call):
        try:
            with central_context():
                connection.ensure_connection()
                gate.wait(timeout=10)
                return call()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def submitted(code, number, operator, now) -> TemplateVersion:
    content = {**CONTENT[code], "name": f"Bản thử {number}"}
    version = services.create_draft(code=code, content=content, by=operator, now=now)
    return services.submit_version(version_id=version.id, changes="Đổi tên", by=operator, now=now)


def approve(version, by, now):
    return lambda: services.publish(
        version_id=version.id,
        effective_from=timezone.localdate(now),
        legal_basis=BASIS,
        by=by,
        now=now,
    )


def test_of_two_who_decide_at_once_one_is_refused(centre, operator, now) -> None:
    for number in range(ROUNDS):
        version = submitted(CODES[0], number, operator, now)
        done = at_once(approve(version, REVIEWER, now), approve(version, OTHER, now))
        assert [type(one) for one in done if isinstance(one, Exception)] == [VersionNotInReview]
        assert PublishLog.objects.filter(version=version, action="PUBLISH").count() == 1


def test_publish_log_stays_one_chain_when_two_publish_at_once(centre, operator, now) -> None:
    for number in range(ROUNDS):
        versions = [submitted(code, number, operator, now) for code in CODES]
        done = at_once(*(approve(version, REVIEWER, now) for version in versions))
        assert [one.state for one in done] == ["PUBLISHED", "PUBLISHED"]
    assert verify_ledger().breaks == ()
