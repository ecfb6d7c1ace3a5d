"""What is typed about people, read once for all views of this room."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.selectors import UserView, get_user_by_public_id, list_users
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import UnitView, find_leaf, get_unit_by_public_id, list_units
from frontend.access import StaffRequest
from frontend.problems import Problems
from frontend.setup.permissions import administered_paths
from frontend.typed import read_day
from kernel.actors import Actor
from kernel.errors import DomainError

PERSON_FIELDS = {"username", "full_name", "unit", "email", "phone", "password"}


def typed(request: StaffRequest, names: set[str], before: dict[str, str]) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(name, "")[:400] for name in names}
    return dict.fromkeys(names, "") | before


def unit_choices(by: Actor, on: date) -> list[tuple[str, str]]:
    return [
        (str(unit.public_id), "– " * unit.depth + unit.name)
        for path in administered_paths(by)
        for unit in list_units(on=on, under=path)
    ]


def people_choices(by: Actor, besides: int) -> list[tuple[str, str]]:
    """Colleagues of the administered units, by name."""
    return [
        (str(user.public_id), f"{user.full_name} – {unit}")
        for path in administered_paths(by)
        for user, unit in list_users(under=path, limit=1000)
        if user.id != besides
    ]


def chosen_unit(text: str) -> UnitView | None:
    try:
        return get_unit_by_public_id(UUID(text))
    except (ValueError, DomainError):
        return None


def administered_person(request: StaffRequest, public_id: UUID) -> UserView:
    """Raises UserUnknown, and NotYourUnit for the people of other units: who they are is not this person's business."""
    user = get_user_by_public_id(public_id)
    leaf = find_leaf(user.unit_id) if user.unit_id else None
    require_administrator(request.actor, leaf.path if leaf else None)
    return user


def chosen_person(text: str) -> UserView | None:
    try:
        return get_user_by_public_id(UUID(text))
    except (ValueError, DomainError):
        return None


def wanted_day(
    values: dict[str, Any], name: str, problems: Problems, *, otherwise: date | None = None
) -> date | None:
    """A typed day. Empty: ``otherwise``; wrong: a problem beside the field."""
    text = values[name].strip()
    if not text:
        return otherwise
    day = read_day(text)
    if day is None:
        problems.add(name, _("Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 01/07/2025."))
    return day


def today_of(request: StaffRequest) -> date:
    return timezone.localdate(request.now)
