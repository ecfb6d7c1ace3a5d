"""Looking: a page of the inbox with three filters, and search without marks."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from apps.dossiers.models import Dossier
from apps.organisations.selectors import get_unit_by_code
from infra.bench.doors import Asked
from infra.bench.people import sign_in
from infra.bench.settings import CLERK, WARD
from infra.seed.organisations import FIRST_DAY
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant

_FILTERS = {"procedure": "1.001193", "status": "2", "channel": "DIRECT"}
_NAMES = (
    "nguyen thi lan", "tran van hung", "le quang dung", "pham thi kim oanh", "hoang minh tuan", "dang thi hong hoa",
    "vo thi ngoc anh", "bui duc thanh", "do huu nghia", "ngo bao tran", "duong xuan son", "huynh thi thanh thao",
    "nguyen hung", "tran thi", "le linh",
)  # fmt: skip


def inbox_requests(**more: str) -> Iterator[Asked]:
    """The unit's work of one ward, narrowed by procedure, status and channel."""
    client = sign_in(CLERK)
    path = "/desk/?" + urlencode({"view": "unit", **_FILTERS, **more})
    while True:
        yield Asked("GET", path, client=client)


def count_requests() -> Iterator[Asked]:
    """The figures on the tabs, which the page asks for when it is there."""
    client = sign_in(CLERK)
    while True:
        yield Asked("GET", reverse("desk:counts", urlconf="project.urls.tenant"), client=client)


def ceiling_requests(tenant: Tenant, address: str) -> Iterator[Asked]:
    """The same rows by the same filters, the unit and the duty given as plain parameters."""
    with tenant_context(tenant):
        path = get_unit_by_code(WARD, on=FIRST_DAY).path
    query = urlencode({"path": path, "duty": "SPECIALIST", **_FILTERS})
    while True:
        yield Asked("GET", f"{address}?{query}")


def search_requests(tenant: Tenant) -> Iterator[Asked]:
    """Names as they are typed at a counter, numbers, phones and codes of dossiers that are there."""
    client = sign_in(CLERK)
    with tenant_context(tenant):
        unit = get_unit_by_code(WARD, on=FIRST_DAY)
        own = (
            Dossier.objects.filter(competent_unit_id=unit.id)
            .order_by("-id")
            .values_list("code", "search_text")[:40]
        )
        exact = [word for code, text in own for word in (code, text.split()[-1], text.split()[-2])]
    number = 0
    while True:
        number += 1
        text = _NAMES[number % len(_NAMES)] if number % 3 else exact[number % len(exact)]
        yield Asked("GET", f"/desk/search/?{urlencode({'q': text})}", client=client)
