"""A version is approved and opened to every ring: the click of the reviewer, and the notes to a hundred tenants."""

import time
from copy import deepcopy

from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue import services
from apps.procedures.services import adopt
from infra.bench.fleet.figures import Figure
from infra.bench.progress import step
from infra.seed.organisations import FIRST_DAY
from kernel.actors import SYSTEM, Actor, ActorKind
from project.offers import note
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import list_tenants

TENANTS = 100
CODE = "1.013225"
MOST_SECONDS = 10
_AUTHOR = Actor(kind=ActorKind.OPERATOR, id=1, name="Người soạn")
_REVIEWER = Actor(kind=ActorKind.OPERATOR, id=2, name="Người thẩm định")
_OWN = [{"slot": "fee", "key": "le-phi", "amount": 75000, "ground": "Nghị quyết (dữ liệu đo)"}]


def measure() -> list[Figure]:
    with step(f"{TENANTS} bộ, tỉnh đang áp dụng {CODE}"):
        _fill()
    with step("Công bố một bản cho mọi vòng"), central_context():
        version = _in_review()
        begun = time.perf_counter()
        services.publish(
            version_id=version, effective_from=timezone.localdate(), legal_basis="Quyết định (dữ liệu đo)",
            by=_REVIEWER, now=timezone.now(), rings=services.EVERY_RING,
        )  # fmt: skip
        click = time.perf_counter() - begun
        waiting = catalogue.find_offer_run(version)
        if waiting is None:
            raise RuntimeError("publishing has left no work behind")
        begun = time.perf_counter()
        note.run(run_id=waiting.id)
        background = time.perf_counter() - begun
        run = catalogue.get_offer_run(waiting.public_id)
    if (run.state, run.done, run.failed) != ("DONE", run.total, ()) or run.total < TENANTS:
        raise RuntimeError(f"{run.done} of {run.total} tenants have their note, {len(run.failed)} failed")
    return [
        Figure(
            "publish",
            f"Công bố một bản, báo {run.total} bộ, tỉnh ở nền",
            background,
            "s",
            at_most=MOST_SECONDS,
        ),
        Figure("publish-click", "  lúc bấm phê duyệt", click, "s"),
    ]


def _fill() -> None:
    now = timezone.now()
    with central_context():
        services.load_national(by=SYSTEM, now=now)
        offer = catalogue.find_newest_published(CODE)
    if offer is None:
        raise RuntimeError(f"{CODE} is not published")
    for number in range(len(list_tenants()), TENANTS):
        tenant = create_tenant(
            code=f"B{number:02d}",
            name=f"Tỉnh đo {number}",
            kind="PROVINCE",
            host=f"b{number:02d}.localhost",
            now=now,
        )
        with tenant_context(tenant):
            adopt(
                template_version_id=offer.public_id, overrides=_OWN if number % 2 else [], in_force_from=FIRST_DAY,
                by=SYSTEM, now=now,
            )  # fmt: skip


def _in_review() -> int:
    now = timezone.now()
    draft = services.draft_from_published(code=CODE, by=_AUTHOR, now=now)
    content = deepcopy(draft.content)
    content["cases"][0]["limit"]["amount"] -= 1
    content["components"][0]["name"] += " (mẫu mới)"
    services.update_draft(version_id=draft.id, content=content, by=_AUTHOR, now=now)
    services.submit_version(version_id=draft.id, changes="Rút ngắn thời hạn", by=_AUTHOR, now=now)
    return draft.id
