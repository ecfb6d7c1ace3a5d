"""The lines of the ready list that know the domain."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.selectors import list_administrators
from apps.deadlines.selectors import list_national_dates, list_working_hours
from apps.organisations.selectors import list_units
from apps.procedures.selectors import list_procedure_codes
from project.onboarding.places import list_unfilled
from tenants.provisioning.readiness.checks import Finding
from tenants.registry.models import Tenant
from tenants.releases.drifting import find_drifted
from tenants.releases.selectors import get_release_name

_SHOWN = 5


def schema(tenant: Tenant, now: datetime) -> Finding:
    why = find_drifted(tenants=[tenant]).get(tenant.id)
    if why is None:
        return Finding(
            True, _("Đúng với bản phát hành {name}.").format(name=get_release_name(tenant.release))
        )
    return Finding(False, why, _("Xem chỗ lệch bằng manage.py tenant drift {code}.").format(code=tenant.code))


def units(tenant: Tenant, now: datetime) -> Finding:
    found = list_units(on=timezone.localdate(now))
    counters = [unit for unit in found if unit.receives]
    todo = _("Thêm vào [[units]] hoặc units_csv rồi chạy lại tenant onboard.")
    if not found:
        return Finding(False, _("Chưa có đơn vị nào."), todo)
    if not counters:
        return Finding(False, _("Không đơn vị nào có quầy tiếp nhận (receives)."), todo)
    said = _("{count} đơn vị, {counters} nơi tiếp nhận.").format(count=len(found), counters=len(counters))
    return Finding(True, said)


def administrator(tenant: Tenant, now: datetime) -> Finding:
    """One at the root of the tree who has come in, or can."""
    found = list_administrators(on=timezone.localdate(now), now=now)
    able = [one for one in found if one.has_signed_in or one.has_working_link]
    if able:
        return Finding(
            True, _("Vào được: {names}.").format(names=", ".join(one.username for one in able[:_SHOWN]))
        )
    if not found:
        todo = _("Thêm vào [[administrators]] rồi chạy lại tenant onboard.")
        return Finding(False, _("Chưa ai giữ nhiệm vụ Quản trị đơn vị ở gốc cây đơn vị."), todo)
    names = ", ".join(one.username for one in found[:_SHOWN])
    return Finding(
        False,
        _("{names}: chưa đăng nhập và không còn liên kết dùng được.").format(names=names),
        _("Cấp liên kết mới: manage.py tenant link {code} {name}.").format(
            code=tenant.code, name=found[0].username
        ),
    )


def calendar(tenant: Tenant, now: datetime) -> Finding:
    """Hours, and the days off of this year; in the last two months those of the next one as well."""
    today = timezone.localdate(now)
    years = [today.year, today.year + 1] if today.month >= 11 else [today.year]
    if not list_working_hours():
        todo = _("Ghi [working_hours] rồi chạy lại tenant onboard.")
        return Finding(False, _("Chưa đặt giờ làm việc."), todo)
    known = {day.year for day in list_national_dates()}
    missing = [str(year) for year in years if year not in known]
    if missing:
        todo = _("Nhập lịch quốc gia ở trang Lịch quốc gia rồi chạy lại tenant onboard.")
        return Finding(False, _("Chưa có ngày nghỉ của năm {years}.").format(years=", ".join(missing)), todo)
    return Finding(
        True, _("Có giờ làm việc và ngày nghỉ của năm {years}.").format(years=", ".join(map(str, years)))
    )


def templates(tenant: Tenant, now: datetime) -> Finding:
    codes = list_procedure_codes(on=timezone.localdate(now))
    if not codes:
        todo = _("Ghi [templates] rồi chạy lại tenant onboard.")
        return Finding(False, _("Chưa áp dụng thủ tục nào."), todo)
    return Finding(True, _("{count} thủ tục đang áp dụng.").format(count=len(codes)))


def duties(tenant: Tenant, now: datetime) -> Finding:
    """Every step of every procedure, at every counter that receives it, has somebody whose duty it is."""
    missing = list_unfilled(on=timezone.localdate(now))
    if not missing:
        return Finding(True, _("Bước nào của thủ tục nào cũng có người."))
    shown = "; ".join(str(one) for one in missing[:_SHOWN])
    more = _(" và {count} chỗ nữa").format(count=len(missing) - _SHOWN) if len(missing) > _SHOWN else ""
    todo = _("Giao nhiệm vụ trong phòng Thiết lập, hoặc thêm vào staff_csv rồi chạy lại tenant onboard.")
    return Finding(False, _("Chưa có người: {places}{more}.").format(places=shown, more=more), todo)
