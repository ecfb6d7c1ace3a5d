"""What a national wording would do to the dossiers here, named for the people who keep the procedures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts import selectors as accounts
from apps.accounts.enums import Duty
from apps.catalogue.changes import list_changes, say_change
from apps.catalogue.enums import UNPUBLISHED
from apps.catalogue.selectors import find_asked_about, get_version_content
from apps.dossiers.selectors import REMEMBERED, ProgramUses, measure_effect, say_break
from apps.procedures.selectors import find_offer, get_version_in_force
from frontend.access import StaffRequest, staff
from frontend.setup.forms.staff import today_of
from tenants.registry.context import get_current_tenant

NAMED = 50


@never_cache
@require_safe
@staff("PROCEDURE_CONTROLLER")
def effect(request: StaffRequest, code: str) -> HttpResponse:
    """Of the newest wording that the centre has asked about here, or else of the newest that it has opened."""
    today = today_of(request)
    running = get_version_in_force(code, today)
    asked = find_asked_about(code, tenant_code=get_current_tenant().code)
    offered = find_offer(code, on=today)
    wording = max((one for one in (asked, offered) if one), key=lambda one: one.number, default=None)
    if running is None or wording is None or wording.number <= running.template_number:
        raise Http404
    found = measure_effect(code=code, content=wording.content, on=today, by=request.actor, named=NAMED)
    national = get_version_content(running.template_version).content
    context = {
        "procedure": running,
        "number": wording.number,
        "is_draft": wording.state in UNPUBLISHED,
        "effect": found,
        "moved": len(found.moves),
        "days": sorted(found.histogram.items()),
        "changes": [
            say_change(one, national, wording.content) for one in list_changes(national, wording.content)
        ],
        "programs": _programs(found.programs),
        "remembered_days": REMEMBERED.days,
        "duty_names": dict(Duty.choices),
        "may_compare": offered is not None and offered.number > running.template_number,
    }
    return render(request, "setup/procedures/effect.html", context)


def _programs(found: ProgramUses) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """(name, dossiers, what has to be mended with the number of dossiers)."""
    names = accounts.get_names({use.program for use in found.uses})
    return [
        (
            names.get(use.program, str(use.program)),
            use.dossiers,
            [(say_break(one), count) for one, count in use.breaks],
        )
        for use in found.uses
    ]
