"""A centre that a province can be brought to life from, and files to bring it with."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from apps.catalogue.services import NewDay, set_national_days
from apps.deadlines.seeding import seed_national_days
from kernel.actors import SYSTEM
from tenants.provisioning.onboarding.running import Order, read_order
from tenants.registry.context import central_context
from tests.province import EXAMPLES


@pytest.fixture
def centre(furnished, db, now) -> None:
    with central_context():
        days = seed_national_days((2025, 2026, 2027))
        set_national_days(
            days=[NewDay(day.date, day.kind, day.name, day.ground, day.source) for day in days],
            by=SYSTEM,
            now=now,
        )


@pytest.fixture
def read(centre) -> Callable[[dict[str, str]], Order]:
    def read_files(texts: dict[str, str], at: datetime | None = None) -> Order:
        raw = {name: text.encode() for name, text in texts.items()}
        return read_order(main="tinh.toml", open_file=raw.get, now=at or timezone.now())

    return read_files


@pytest.fixture
def example(centre) -> Order:
    def open_file(name: str) -> bytes | None:
        file = EXAMPLES / name
        return file.read_bytes() if file.exists() else None

    return read_order(main="tinh-mau.toml", open_file=open_file, now=timezone.now())
