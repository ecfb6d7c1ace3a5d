"""What each tenant of the demo does: hours, days off, and the national procedures as it has adopted them."""

from datetime import datetime
from typing import Any

from apps.catalogue import selectors as catalogue
from apps.deadlines import selectors as deadline_questions
from apps.deadlines import services as deadlines
from apps.deadlines.seeding import USUAL_WEEK
from apps.organisations import selectors as organisations
from apps.procedures import services as procedures
from infra.seed.organisations import FIRST_DAY
from kernel.actors import SYSTEM
from project.national_calendar import take_over
from tenants.registry.context import get_current_tenant

# A ministry takes over what it has promulgated itself; a province takes over everything.
_PROMULGATED_BY = {"G15": "G15"}
# Numbers of resolutions are left out on purpose: a demo does not cite a text that nobody has read.
_GIA_LAI = "Nghị quyết của Hội đồng nhân dân tỉnh Gia Lai (dữ liệu minh họa)"
_HA_NOI = "Nghị quyết của Hội đồng nhân dân thành phố Hà Nội (dữ liệu minh họa)"
_JUSTICE = "Quyết định của Bộ trưởng Bộ Tư pháp về cắt giảm thời hạn (dữ liệu minh họa)"
# Keys as the setup room makes them of the names, so that its form shows the groups and takes them back.
_SPARED = [
    {
        "key": "ho-ngheo",
        "name": "Hộ nghèo",
        "legal_ground": _GIA_LAI,
        "evidence": "Giấy chứng nhận hộ nghèo",
    },
    {
        "key": "nguoi-co-cong-voi-cach-mang",
        "name": "Người có công với cách mạng",
        "legal_ground": _GIA_LAI,
        "evidence": "Giấy xác nhận người có công",
        "amount": 37500,
    },
]
_OWN: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("H21", "1.013225"): [
        {"slot": "limit", "case": "1.013225.02", "amount": 5, "ground": _GIA_LAI},
        {"slot": "fee", "key": "le-phi", "amount": 75000, "ground": _GIA_LAI, "exempt_groups": _SPARED},
    ],
    ("H26", "1.013225"): [{"slot": "fee", "key": "le-phi", "amount": 75000, "ground": _HA_NOI}],
    ("H26", "1.001612"): [{"slot": "limit", "case": "1.001612.01", "amount": 2, "ground": _HA_NOI}],
    ("G15", "1.004873"): [{"slot": "limit", "case": "1.004873.01", "amount": 2, "ground": _JUSTICE}],
}
# Who decides where the counter's own commune does not: tenant and procedure → (competent, supporting).
_DECIDES = {
    ("H21", "2.001955"): ("H21.02.02", "H21.02.02"),
    ("H26", "2.001955"): ("H26.02.02", "H26.02.02"),
    ("G15", "2.000815"): ("G15.02.03", "G15.02.01"),
}
_DECIDES_ELSE = {"G15": ("G15.02.01", "G15.02.02")}


def seed_procedures(*, now: datetime) -> int:
    """In the tenant's context, after seed_units; may run again. Returns how many procedures are adopted."""
    tenant = get_current_tenant().code
    if not deadline_questions.list_working_hours():
        deadlines.set_working_hours(
            week=USUAL_WEEK, valid_from=FIRST_DAY, ground="Quy chế làm việc của cơ quan", by=SYSTEM, now=now
        )
    take_over(now=now)
    adopted = 0
    for offer in catalogue.list_published():
        content = catalogue.get_version_content(offer.version).content
        if content["promulgator"]["code"] != _PROMULGATED_BY.get(tenant, content["promulgator"]["code"]):
            continue
        procedures.adopt(
            template_version_id=offer.version,
            overrides=[*_OWN.get((tenant, offer.code), []), *_units(tenant, offer.code)],
            in_force_from=FIRST_DAY,
            by=SYSTEM,
            now=now,
        )
        adopted += 1
    return adopted


def _units(tenant: str, procedure: str) -> list[dict[str, Any]]:
    decides = _DECIDES.get((tenant, procedure)) or _DECIDES_ELSE.get(tenant)
    if decides is None:
        return []
    return [
        {
            "slot": "units",
            "role": role,
            "rule": "CHOSEN_UNIT",
            "unit_id": organisations.get_unit_by_code(code, on=FIRST_DAY).id,
            "ground": "Quyết định phân công nhiệm vụ (dữ liệu minh họa)",
        }
        for role, code in zip(("COMPETENT", "SUPPORTING"), decides, strict=True)
    ]
