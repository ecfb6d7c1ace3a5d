"""The test house: one real database with the centre, the template schema and two tenants.

``in_gia_lai`` and ``in_ha_noi`` bind a tenant and roll back what the test did.
``throwaway_tenant`` is a tenant of its own with real commits, for races and
for whatever needs two connections.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections

from tenants.registry.models import Domain, Tenant
from tests.maintenance import create_database, drop_database, run_in, url_of
from tests.standing_house import lives_in_it, note_who_lives_in_it, standing_house

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
_throwaway = count(1)
# A trigger keeps them: only the owner, and only without it, can take them away.
_FORGET_ACTS = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM public.registry_operatoract) THEN
    ALTER TABLE public.registry_operatoract DISABLE TRIGGER USER;
    DELETE FROM public.registry_operatoract;
    ALTER TABLE public.registry_operatoract ENABLE TRIGGER USER;
  END IF;
END $$
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Who lives in the furnished house stands together: it is laid in once."""
    note_who_lives_in_it(config, items)
    items.sort(key=lambda item: not lives_in_it(config, item.path))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    # Imported late: these read settings that pytest-django has just made ready.
    from django.utils import timezone

    from tenants.provisioning.services import create_tenant
    from tenants.releases.services.preparing import prepare_central

    database = connections["default"].settings_dict
    plain, test_name = database["NAME"], database["TEST"]["NAME"]
    with django_db_blocker.unblock():
        create_database(url_of(database, name=test_name))
        connection.close()
        connection.close_pool()
        database["NAME"] = test_name
        now = timezone.now()
        prepare_central(host="localhost", now=now)
        create_tenant(code="H21", name="Tỉnh Gia Lai", kind="PROVINCE", host="gialai.localhost", now=now)
        create_tenant(code="H26", name="Thành phố Hà Nội", kind="PROVINCE", host="hanoi.localhost", now=now)
    yield
    with django_db_blocker.unblock():
        standing_house.clear()
        connection.close()
        connection.close_pool()
        database["NAME"] = plain
        drop_database(url_of(database, name=test_name))


@pytest.fixture(autouse=True, scope="module")
def _central_trail_ends_with_the_file() -> Iterator[None]:
    """Tests that commit leave their operators' acts in a trail that nobody can shorten; the next file would find them.

    Which file comes next is chance when they run side by side. While the furnished house stands nobody commits, and
    its transaction holds the table.
    """
    yield
    if standing_house.stands:
        return
    database = connections["default"].settings_dict
    if database["NAME"] == database["TEST"]["NAME"]:  # otherwise no test has asked for it yet
        run_in(url_of(database), _FORGET_ACTS)


@pytest.fixture(autouse=True, scope="module")
def _house_is_cleared(request, django_db_blocker, _central_trail_ends_with_the_file) -> Iterator[None]:
    """Before and after a file that does not live in the furnished house from its first test to its last; before the
    trail is emptied, which waits for whoever writes there."""

    def clear() -> None:
        if not lives_in_it(request.config, request.path):
            with django_db_blocker.unblock():
                standing_house.clear()

    clear()
    yield
    clear()


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker) -> Iterator[None]:
    """National templates at the centre, units, staff and procedures in both tenants, for one module of tests.

    What the module does to them is undone after it; each test runs in a savepoint.
    """
    with django_db_blocker.unblock(), standing_house.open_for_a_file():
        yield


@pytest.fixture(autouse=True)
def _empty_cache_and_own_files(tmp_path) -> Iterator[None]:
    # Imported late: the storage reads settings.
    from django.core.files.storage import default_storage

    from tenants.registry.figures.noting import notebook

    notebook.flush()  # a second behind the test before it would put its figures among this one's
    cache.clear()
    before = getattr(default_storage, "_location", None)
    if before is not None:
        default_storage._location = str(tmp_path / "files")
        for remembered in (
            "base_location",
            "location",
        ):  # of the storage itself: default_storage is only its proxy
            default_storage._wrapped.__dict__.pop(remembered, None)
    kept = settings.ARCHIVE_ROOT
    settings.ARCHIVE_ROOT = tmp_path / "archives"
    yield
    settings.ARCHIVE_ROOT = kept


def _tenant(code: str) -> Tenant:
    from tenants.registry.selectors import get_tenant

    return get_tenant(code)


@pytest.fixture
def gia_lai(db) -> Tenant:
    return _tenant("H21")


@pytest.fixture
def ha_noi(db) -> Tenant:
    return _tenant("H26")


@pytest.fixture
def in_gia_lai(gia_lai) -> Iterator[Tenant]:
    from tenants.registry.context import tenant_context

    with tenant_context(gia_lai):
        yield gia_lai


@pytest.fixture
def in_ha_noi(ha_noi) -> Iterator[Tenant]:
    from tenants.registry.context import tenant_context

    with tenant_context(ha_noi):
        yield ha_noi


@pytest.fixture
def throwaway_tenant(django_db_setup, django_db_blocker) -> Iterator[Tenant]:
    """A fresh tenant with real commits, bound to the test; its schema is dropped afterwards."""
    from django.utils import timezone

    from tenants.provisioning.migrating import as_owner
    from tenants.provisioning.services import create_tenant
    from tenants.registry.context import tenant_context
    from tenants.registry.selectors import forget_hosts

    with django_db_blocker.unblock():
        number = next(_throwaway)
        tenant = create_tenant(
            code=f"Z{number:02d}",
            name=f"Tỉnh thử {number}",
            kind="PROVINCE",
            host=f"z{number:02d}.localhost",
            now=timezone.now(),
        )
        try:
            with tenant_context(tenant):
                yield tenant
        finally:
            with as_owner("public"), connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {tenant.schema_name} CASCADE")
                Domain.objects.filter(tenant_id=tenant.id).delete()
                Tenant.objects.filter(id=tenant.id).delete()
            forget_hosts()


@pytest.fixture
def every_release_is_served() -> Iterator[None]:
    """For tests that only write an older release beside a tenant: without it, its host answers “being upgraded”."""
    from tenants.registry.minimum import set_minimum_release
    from tenants.releases.manifests import get_minimum_of_code

    set_minimum_release(lambda: 1)
    yield
    set_minimum_release(get_minimum_of_code)


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 09:00 in Viet Nam: a working morning."""
    return NOW


@pytest.fixture(autouse=True)
def _forget_what_a_process_keeps() -> Iterator[None]:
    from frontend.filling.units import forget_places
    from tenants.registry.selectors import forget_hosts
    from tenants.releases.announcements import forget_announcements
    from tenants.releases.flags import forget_flags

    forget_hosts()
    forget_places()
    forget_announcements()
    forget_flags()
    yield


assert settings.configured
