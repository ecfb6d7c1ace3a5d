"""What is missing, or will change: each with a button."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.accounts.enums import Duty
from apps.accounts.selectors import list_unfilled_duties
from apps.catalogue.selectors import OfferNote, list_offer_notes
from apps.deadlines.selectors import list_calendar_days
from apps.organisations.enums import UnitKind
from apps.organisations.selectors import list_units
from apps.procedures.selectors import list_local_drafts, list_offers
from frontend.access import StaffRequest, staff
from frontend.filters import day
from frontend.setup.permissions import (
    DOOR,
    administered_paths,
    can_keep_people,
    can_keep_procedures,
    can_put_off_upgrades,
)
from kernel.actors import Actor
from tenants.registry.context import get_current_tenant
from tenants.releases.wishes import get_upgrade

_MOST = 30
_AT_A_COUNTER = (Duty.RECEPTION, Duty.CASHIER, Duty.RETURN_CLERK)
_AT_AN_AGENCY = (Duty.SIGNATORY,)


@dataclass(frozen=True, slots=True)
class Task:
    what: str
    why: str
    href: str
    act: str


@require_safe
@staff(*DOOR)
def landing(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate(request.now)
    tasks = [
        *_next_release(request),
        *_missing_people(request.actor, today),
        *_to_review(request.actor),
        *_new_templates(request.actor, today),
        *_calendar(today),
    ]
    context = {
        "tasks": tasks[:_MOST],
        "more": max(len(tasks) - _MOST, 0),
        "may_people": can_keep_people(request.actor),
        "may_procedures": can_keep_procedures(request.actor),
    }
    return render(request, "setup/landing/page.html", context)


def _next_release(request: StaffRequest) -> list[Task]:
    if not can_put_off_upgrades(request.actor):
        return []
    view = get_upgrade(tenant=get_current_tenant(), now=request.now)
    if not view.coming:
        return []
    newest = view.coming[-1]
    if view.is_deferred:
        when = _("Đã hoãn đến ngày %(day)s.")
    elif view.may_be_deferred:
        when = _("Đến theo lượt của vòng; hoãn được, chậm nhất đến ngày %(day)s.")
    else:
        when = _("Đến theo lượt của vòng; không hoãn thêm được.")
    last_day = view.wish.deferred_until if view.is_deferred else view.last_day
    return [
        Task(
            _("Bản cập nhật %(name)s sắp đến: %(title)s") % {"name": newest.name, "title": newest.title},
            when % {"day": day(last_day)},
            reverse("setup:upgrade"),
            _("Xem sẽ thay đổi gì"),
        )
    ]


def _missing_people(by: Actor, today: date) -> list[Task]:
    """Counters and agencies of theirs where a duty is held by nobody."""
    tasks = []
    for path in administered_paths(by):
        for unit in list_units(
            on=today, under=path, kinds=(UnitKind.CENTRE, UnitKind.COMMUNE, UnitKind.DEPARTMENT)
        ):
            wanted = _AT_A_COUNTER if unit.receives else _AT_AN_AGENCY
            lacking = list_unfilled_duties(unit_path=unit.path, duties=wanted, on=today)
            if lacking:
                names = ", ".join(str(Duty(duty).label) for duty in lacking)
                tasks.append(
                    Task(
                        _("%(unit)s chưa có người: %(duties)s") % {"unit": unit.name, "duties": names},
                        _("Hồ sơ đến đơn vị này sẽ không có ai làm được việc đó."),
                        f"{reverse('setup:staff')}?unit={unit.public_id}",
                        _("Giao nhiệm vụ"),
                    )
                )
    return tasks


def _to_review(by: Actor) -> list[Task]:
    """Local procedures that wait for a second person: somebody who had no hand in them."""
    if not can_keep_procedures(by):
        return []
    return [
        Task(
            _("Thủ tục %(code)s của địa phương chờ duyệt") % {"code": one.procedure_code},
            _("%(name)s do %(person)s gửi.") % {"name": one.name, "person": one.changed_by},
            reverse("setup:local-draft", kwargs={"draft_id": one.public_id}),
            _("Xem và duyệt"),
        )
        for one in list_local_drafts()
        if one.is_in_review and not one.was_edited_by(by)
    ]


def _new_templates(by: Actor, today: date) -> list[Task]:
    if not can_keep_procedures(by):
        return []
    newer = [offer for offer in list_offers(on=today) if offer.is_newer]
    notes = {offer.version: OfferNote(None, None, None) for offer in newer}
    notes |= list_offer_notes(
        tenant_code=get_current_tenant().code,
        versions=[offer.version for offer in newer if offer.adopted_number],
    )
    newer.sort(key=lambda offer: notes[offer.version].due_on or date.max)
    return [
        Task(
            _("Thủ tục %(code)s có bản quốc gia mới") % {"code": offer.code}
            if offer.adopted_number
            else _("Thủ tục %(code)s chưa được áp dụng ở đây") % {"code": offer.code},
            ". ".join([offer.name, " ".join(_noted(notes[offer.version]))]).removesuffix(". "),
            reverse(
                "setup:procedure-compare" if offer.adopted_number else "setup:procedure-adopt",
                kwargs={"code": offer.code},
            ),
            _("Xem và áp dụng"),
        )
        for offer in newer
    ]


def _noted(note: OfferNote) -> list[str]:
    """What was counted when the version was opened; the contents themselves are not read here."""
    said = []
    if note.changes is not None:
        said.append(ngettext("Khác %(num)s chỗ.", "Khác %(num)s chỗ.", note.changes) % {"num": note.changes})
    if note.conflicts:
        said.append(
            ngettext("%(num)s chỗ phải quyết định.", "%(num)s chỗ phải quyết định.", note.conflicts)
            % {"num": note.conflicts}
        )
    if note.deferral:
        said.append(
            _("Đã báo: %(reason)s, hẹn áp dụng chậm nhất %(day)s.")
            % {"reason": note.deferral.reason_name, "day": day(note.deferral.until)}
        )
    if note.due_on:
        said.append(_("Phải áp dụng chậm nhất ngày %(day)s.") % {"day": day(note.due_on)})
    return said


def _calendar(today: date) -> list[Task]:
    """The days of next year come by decree in the last months of this one."""
    tasks = []
    for year in (today.year, today.year + 1):
        days = list_calendar_days(year=year)
        if not days:
            tasks.append(
                Task(
                    _("Lịch năm %(year)d chưa có ngày nghỉ nào") % {"year": year},
                    _("Ngày hẹn trả rơi vào năm đó có thể phải tính lại."),
                    f"{reverse('setup:calendar')}?year={year}",
                    _("Mở lịch"),
                )
            )
        elif any(day.source == "SEED" for day in days) and year > today.year:
            tasks.append(
                Task(
                    _("Lịch năm %(year)d chưa đối chiếu với văn bản") % {"year": year},
                    _("Ngày nghỉ bù, hoán đổi do cấp có thẩm quyền thông báo hằng năm."),
                    f"{reverse('setup:calendar')}?year={year}",
                    _("Đối chiếu lịch"),
                )
            )
    return tasks
