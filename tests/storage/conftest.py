"""Files in a bucket: a server that speaks S3 and checks every signature, one for the session, a bucket a test."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from kernel.actors import SYSTEM
from kernel.files.services import store as keep
from tenants.provisioning.services import create_tenant
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant
from tests.frontend.desk.conftest import actor, counter, inside, received, sign_in  # noqa: F401 - people at desks
from tests.storage.store import Store, open_store
from tests.tenants.provisioning.archive.conftest import NOW, forget

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAPERS = [PDF, PDF + b"% hai\n", PDF + b"% " + bytes(range(65, 91)) * 120_000 + b"\n"]


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.fixture
def bucket(store) -> Iterator[str]:
    """The house keeps its files in here for one test."""
    name = store.new_bucket()
    with override_settings(STORAGES=store.settings(name)):
        yield name
    store.heal()


@pytest.fixture
def province_in_the_house(django_db_setup, django_db_blocker) -> Iterator[Tenant]:
    """With three papers wherever the house keeps its files, committed."""
    with django_db_blocker.unblock():
        tenant = create_tenant(
            code="X93", name="Tỉnh Kho Tệp", kind="PROVINCE", host="x93.localhost", now=NOW
        )
        try:
            with tenant_context(tenant):
                for number, content in enumerate(PAPERS):
                    keep(upload=SimpleUploadedFile(f"{number}.pdf", content), by=SYSTEM, now=NOW)
            yield tenant
        finally:
            for code in ("X93", "Y94"):
                forget(code)
