"""The demo's dossiers: believable, the same at every run, and none twice."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q

from apps.accounts.selectors import find_user_by_username, get_actor
from apps.audit.models import Entry
from apps.catalogue.services import load_national
from apps.dossiers.enums import InboxView, Status
from apps.dossiers.identity import is_personal_number, is_tax_code
from apps.dossiers.models import Dossier, Party
from apps.dossiers.selectors import count_views
from infra.seed.clients import seed_clients
from infra.seed.dossiers import read_scene, seed_dossiers
from infra.seed.lives import draw
from infra.seed.organisations import seed_units
from infra.seed.procedures import seed_procedures
from infra.seed.staff import seed_staff
from kernel.actors import SYSTEM
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import get_tenant
from tests.conftest import VIETNAM

COUNT = 150


@pytest.fixture(scope="module")
def moment():
    return datetime(2026, 11, 26, 10, 0, tzinfo=VIETNAM)  # a Thursday, in office hours


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker, moment) -> Iterator[None]:
    """Gia Lai as the demo fills it, for this module; rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        with central_context():
            load_national(by=SYSTEM, now=moment)
        with tenant_context(get_tenant("H21")):
            seed_units("H21", moment)
            seed_staff("H21", moment)
            assert seed_procedures(now=moment) == 12
            news = OutboxEvent.objects.count()
            assert seed_dossiers(count=COUNT, now=moment, say=lambda line: None) == COUNT
            assert OutboxEvent.objects.count() == news
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled, in_gia_lai):
    return in_gia_lai


def test_seeding_again_adds_nothing(filled, moment):
    entries = Entry.objects.count()
    assert seed_procedures(now=moment) == 12
    assert seed_dossiers(count=COUNT, now=moment, say=lambda line: None) == 0
    assert (Dossier.objects.count(), Entry.objects.count()) == (COUNT, entries)


def test_the_same_lives_are_drawn_again(filled, moment):
    assert [draw(read_scene(moment), number) for number in range(30)] == [
        draw(read_scene(moment), number) for number in range(30)
    ]


def test_every_status_is_there_late_and_in_time(filled, moment):
    assert set(Dossier.objects.values_list("status", flat=True)) == set(Status.values)
    running = Dossier.objects.filter(status__in=[Status.ACCEPTED, Status.PROCESSING])
    assert running.filter(due_at__lt=moment).exists()
    assert running.filter(due_at__gt=moment).exists()
    assert Dossier.objects.values("procedure_code").distinct().count() >= 10
    assert Dossier.objects.values("receiving_unit").distinct().count() >= 8


def test_nothing_happened_in_the_future_or_in_the_wrong_order(filled, moment):
    of_dossiers = Entry.objects.filter(subject_type="dossier")
    assert not of_dossiers.filter(at__gt=moment).exists()
    wrong = Q(accepted_at__lt=F("submitted_at")) | Q(finished_at__lt=F("accepted_at"))
    assert not Dossier.objects.filter(wrong | Q(ended_at__lt=F("submitted_at"))).exists()
    codes = list(
        Dossier.objects.filter(code_is_foreign=False).order_by("id").values_list("submitted_at", flat=True)
    )
    assert codes == sorted(codes)


def test_people_and_firms_have_numbers_that_hold(filled):
    for party in Party.objects.all():
        holds = is_tax_code if party.kind == "BUSINESS" else is_personal_number
        assert holds(party.identity_number), party.identity_number
    assert not Party.objects.exclude(Q(email="") | Q(email__endswith="@example.vn")).exists()


@pytest.mark.parametrize("username", ["chuyenvien", "lanhdaophong", "lanhdao", "vanthu"])
def test_every_demo_account_finds_work(filled, moment, username):
    by = get_actor(find_user_by_username(username).id, on=moment.date())
    counts = count_views(by=by, now=moment)
    assert counts[InboxView.UNIT] > 0
    assert counts[InboxView.MINE] > 0
    assert all(counts[view] > 0 for view in InboxView)


def test_clients_are_seeded_once(filled, moment):
    assert [seed_clients(now=moment), seed_clients(now=moment)] == [1, 0]


@pytest.mark.parametrize("clock", [(0, 37), (7, 31), (12, 30), (23, 50)])
def test_draw_lets_nothing_be_answered_in_the_future(filled, moment, clock):
    """A demo may be opened at any hour: in the night, today has not begun, and nobody has worked on it yet."""
    scene = read_scene(moment.replace(hour=clock[0], minute=clock[1]))
    for number in range(400):
        life = draw(scene, number)
        if life.aim != Status.SUBMITTED:
            assert life.accepted_at < scene.now, life
