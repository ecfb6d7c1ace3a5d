"""The check itself: what a clerk does first in the morning, step by step, each with its milliseconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from project.smoke.filling import FilledIn
from project.smoke.probing import Probe, probe
from project.smoke.steps import Step
from project.smoke.wire import Broken, NoServer, Page, Visitor, Watch
from tenants.registry.models import Tenant
from tenants.registry.selectors import get_primary_host

_REASON = "Kiểm tra hệ thống"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``problem``: what came instead, in words; empty: it went well. ``left_out``: why it was not tried."""

    step: Step
    milliseconds: float
    problem: str = ""
    left_out: str = ""


@dataclass(slots=True)
class _Walk:
    visitor: Visitor
    outcomes: list[Outcome] = field(default_factory=list)

    @contextmanager
    def step(self, step: Step) -> Iterator[None]:
        """A step that breaks is noted and ends the walk."""
        watch = Watch()
        try:
            yield
        except Broken as broken:
            self.outcomes.append(Outcome(step, watch.read(), problem=str(broken)))
            raise
        self.outcomes.append(Outcome(step, watch.read()))

    def leave_out(self, step: Step, why: str) -> None:
        self.outcomes.append(Outcome(step, 0.0, left_out=why))


def run_check(*, tenant: Tenant, now: datetime) -> list[Outcome]:
    """The steps up to the first that breaks. Raises NoServer, and what ``probe`` raises."""
    if not settings.SMOKE_ADDRESS:
        raise NoServer(_("chưa khai địa chỉ máy chủ web để kiểm tra"))
    walk = _Walk(Visitor(address=settings.SMOKE_ADDRESS, host=get_primary_host(tenant)))
    try:
        with walk.step(Step.REACH):
            _expect(walk.visitor.get("/sign-in/"), 200)
        with probe(tenant=tenant, address=walk.visitor.own_address, now=now) as opened:
            _walk_through(walk, opened)
    except Broken:
        pass  # it stands in the outcomes
    return walk.outcomes


def _walk_through(walk: _Walk, opened: Probe) -> None:
    with walk.step(Step.SIGN_IN):
        _sign_in(walk.visitor, opened)
    with walk.step(Step.INBOX):
        seen = _expect(walk.visitor.get("/desk/"), 200)
        _expect(walk.visitor.get("/desk/counts/"), 200)
    if opened.filled is None:
        why = _("chưa có thủ tục đang áp dụng nào nộp thử được")
        walk.leave_out(Step.SUBMIT, why)
        walk.leave_out(Step.WITHDRAW, why)
    else:
        with walk.step(Step.SUBMIT):
            record = _submit(walk.visitor, opened.filled)
        with walk.step(Step.WITHDRAW):
            _withdraw(walk.visitor, record)
    with walk.step(Step.SIGN_OUT):
        _expect(walk.visitor.post("/sign-out/", {}, seen=seen), 302)
        _expect(walk.visitor.get("/desk/"), 302)


def _sign_in(visitor: Visitor, opened: Probe) -> None:
    seen = _expect(visitor.get("/sign-in/"), 200)
    typed = {"username": opened.username, "password": opened.password}
    _expect(visitor.post("/sign-in/", typed, seen=seen), 302)


def _submit(visitor: Visitor, filled: FilledIn) -> str:
    """The address of the record that came of it."""
    form = f"/desk/intake/{filled.procedure_code}/"
    seen = _expect(visitor.get(form), 200)
    done = _expect(visitor.post(form, filled.values, seen=seen), 302, arrives="?done=submitted")
    record = done.location.partition("?")[0]
    _expect(visitor.get(record), 200)
    return record


def _withdraw(visitor: Visitor, record: str) -> None:
    for slug, typed in (("request-withdrawal", {"reason": _REASON}), ("approve-withdrawal", {})):
        move = f"{record}moves/{slug}/"
        seen = _expect(visitor.get(move), 200)
        _expect(visitor.post(move, typed, seen=seen), 302, arrives=f"?done={slug}")


def _expect(page: Page, status: int, *, arrives: str = "") -> Page:
    """Raises Broken for another status, or another end than the one that a person would arrive at."""
    if page.status != status or not page.location.endswith(arrives):
        raise Broken(page.told())
    return page
