"""The check as numbers for a gate: 1 for a step that broke, 0 for one that went well."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.organisations.errors import ProbeUnitNotPossible
from project.smoke.check import run_check
from project.smoke.probing import ProbeBusy
from project.smoke.wire import NoServer
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.releases.gates import Figure, Noted


def read_smoke(tenant: Tenant, since: datetime, until: datetime) -> dict[str, Figure]:
    """Of this moment, whatever the span. Unknown where no server answers, unless SMOKE_REQUIRED says otherwise."""
    if tenant.state != TenantState.READY:
        return {"": Noted(None, _("Nơi này đang không mở."))}
    try:
        outcomes = run_check(tenant=tenant, now=timezone.now())
    except NoServer as nobody:
        return {
            "": Noted(
                1.0 if settings.SMOKE_REQUIRED else None, _("Không kiểm tra được: {why}.").format(why=nobody)
            )
        }
    except (ProbeBusy, ProbeUnitNotPossible) as refused:
        return {"": Noted(None, str(refused))}
    figures: dict[str, Figure] = {}
    for one in outcomes:
        if one.left_out:
            figures[one.step.value] = Noted(None, _("Không thử: {why}.").format(why=one.left_out))
        elif one.problem:
            figures[one.step.value] = Noted(1.0, _("Hỏng: {why}.").format(why=one.problem))
        else:
            figures[one.step.value] = Noted(0.0, _("{count} ms.").format(count=round(one.milliseconds)))
    return figures
