"""The fleet that is measured: the centre, and as many tenants as a part asks for."""

import os
from functools import cached_property

import psycopg
from django.utils import timezone

from infra.bench.fleet.commands import manage
from infra.bench.fleet.settings import EARLY, PILOTS, code_of, host_of
from infra.bench.fleet.stock import Stock
from infra.bench.fleet.tomorrow import write_tomorrow
from infra.bench.progress import step
from tenants.provisioning.services import create_tenant
from tenants.registry.enums import Ring
from tenants.registry.selectors import list_tenants
from tenants.releases.manifests import newest_manifest
from tenants.releases.services.preparing import prepare_central


class Fleet:
    """Grows, never shrinks. ``release`` is the number of the one that its tenants are born at.

    ``kinds``: of the releases that the chosen parts roll out, in order.
    """

    def __init__(self, database_url: str, kinds: list[str]) -> None:
        self.database_url = database_url
        self.release = newest_manifest().number
        self.kinds = kinds
        self.rolled = 0  # how many of them the fleet has
        self.preparing: list[float] = []  # seconds of central prepare before each
        self.is_furnished = False  # whether the busy tenants have people and dossiers
        with step("Lược đồ trung ương, các bản phát hành"):
            prepare_central(host="localhost", now=timezone.now(), say=lambda line: None)
        self.size = len(list_tenants())

    def create(self, number: int) -> None:
        ring = Ring.PILOT if number < PILOTS else Ring.EARLY if number < PILOTS + EARLY else Ring.GENERAL
        code = code_of(number)
        create_tenant(
            code=code, name=f"Tỉnh đo {code}", kind="PROVINCE", host=host_of(number), now=timezone.now(), ring=ring,
            release=self.release + self.rolled,
        )  # fmt: skip
        self.size = number + 1

    def grow(self, to: int) -> None:
        if self.size < to:
            with step(f"Đội hình: {self.size} → {to} đơn vị"):
                for number in range(self.size, to):
                    self.create(number)
                # As the stock fleet is: a house that has stood for a night is swept, and knows how large its
                # catalogue is.
                with psycopg.connect(self.database_url, autocommit=True) as connection:
                    connection.execute("VACUUM ANALYZE")

    @cached_property
    def stock(self) -> Stock:
        """django-tenants' own fleet, in a database of its own; built when first asked for."""
        return Stock(self.database_url, self.release)

    @property
    def newest(self) -> dict[str, str]:
        """The environment of the newest code there is: a tenant is born at, and read by, the newest release."""
        return self.tomorrow if self.kinds else dict(os.environ)

    @cached_property
    def tomorrow(self) -> dict[str, str]:
        """Every release of the bench, compiled: what a deployment does once, before any tenant is touched."""
        around = write_tomorrow("fleet", self.kinds)
        with step(f"Biên dịch {len(self.kinds)} bản phát hành của lần đo"):
            self.compiling = manage("central", "prepare", around=around)
        return around

    def next_release(self, kind: str) -> int:
        """The number, from 1, of the next release of the bench."""
        self.rolled += 1
        if self.kinds[self.rolled - 1] != kind:
            raise RuntimeError(f"the bench's release {self.rolled} is no {kind}")
        return self.rolled
