"""A tenant with a province, two communes with a centre each, and the national templates at the centre."""

from collections.abc import Iterator
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import transaction

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.organisations import services as organisations
from kernel.actors import Actor, ActorKind, Grant
from tenants.registry.context import central_context
from tests.conftest import NOW

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")


@pytest.fixture
def operator() -> Actor:
    return OPERATOR


@pytest.fixture
def controller() -> Actor:
    grant = Grant(duty="PROCEDURE_CONTROLLER", unit_path="/1/")
    return Actor(kind=ActorKind.STAFF, id=7, name="Trần Thị Soát", grants=(grant,))


@pytest.fixture(scope="module")
def templates(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once for a file, inside a transaction that is rolled back after it; each test runs in a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        with central_context():
            catalogue_services.load_national(by=OPERATOR, now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def national(templates, in_gia_lai) -> dict[str, UUID]:
    """code → public id of the published version."""
    return {row.code: row.version for row in catalogue.list_published()}


@pytest.fixture
def units(in_gia_lai, operator, now) -> SimpleNamespace:
    def make(code: str, name: str, kind: str, parent: int | None, **more: object) -> object:
        return organisations.create_unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=parent,
            valid_from=now.date(),
            by=operator,
            now=now,
            **more,
        )

    root = make("H21", "UBND tỉnh Gia Lai", "PROVINCE", None)
    commune = make("H21.24", "UBND phường Pleiku", "COMMUNE", root.id)
    return SimpleNamespace(
        root=root,
        commune=commune,
        desk=make("H21.24.01", "Trung tâm phường Pleiku", "CENTRE", commune.id, receives=True),
        centre=make("H21.99", "Trung tâm tỉnh Gia Lai", "CENTRE", root.id, receives=True),
        department=make("H21.08", "Sở Nội vụ", "DEPARTMENT", root.id),
        police=make("H21.24.09", "Công an phường Pleiku", "DIVISION", commune.id),
    )
