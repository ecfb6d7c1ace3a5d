"""The counter's form: flat names and texts, the same from a POST and from a saved draft."""

from dataclasses import replace
from typing import Any

from apps.accounts.enums import Duty
from apps.dossiers.enums import Channel, PartyKind, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.forms.compiling import Form
from apps.organisations.selectors import Leaf, list_leaves_below
from frontend.access import StaffRequest
from frontend.desk.forms.reading import read_count, read_day
from frontend.filling.reading import read_answers
from frontend.filling.units import places_here
from kernel.actors import Actor
from kernel.http.idempotency import fingerprint

Values = dict[str, str]
_NOT_CONTENT = ("csrfmiddlewaretoken", "idempotency_key", "draft_id")


def read_values(request: StaffRequest) -> Values:
    """What was typed, without what belongs to this one sending."""
    return {
        name: value
        for name, value in request.POST.items()
        if name not in _NOT_CONTENT and not name.endswith(("_kept", ".file")) and isinstance(value, str)
    }


def print_of(values: Values) -> str:
    """Two sendings of the same content have the same print."""
    return fingerprint("\n".join(f"{name}={values[name]}" for name in sorted(values)).encode())


def submitter_facts(values: Values) -> Values:
    """Of the submitter's block, for a person in the procedure's form who is the same."""
    names = ("name", "identity_number", "birth_date", "address")
    return {name: values.get(f"submitter.{name}", "") for name in names}


def owner_is_submitter(values: Values) -> bool:
    """So on a fresh form; later as the person left the tick."""
    return values.get("owner_same") == "1" if "typed" in values else True


def read_party(values: Values, role: PartyRole) -> PartyIn:
    """A birth date that cannot be read is left out here and refused by ``unread_days``."""
    at = role.value.lower()
    kind = values.get(f"{at}.kind", "")
    return PartyIn(
        role=role,
        name=values.get(f"{at}.name", ""),
        kind=PartyKind(kind) if kind in PartyKind.values else PartyKind.CITIZEN,
        identity_number=values.get(f"{at}.identity_number", ""),
        birth_date=read_day(values.get(f"{at}.birth_date", "")),
        phone=values.get(f"{at}.phone", ""),
        email=values.get(f"{at}.email", ""),
        address=values.get(f"{at}.address", ""),
    )


def roles_in(values: Values) -> list[PartyRole]:
    """The people who are typed on this form, the submitter first."""
    roles = [PartyRole.SUBMITTER]
    if not owner_is_submitter(values):
        roles.append(PartyRole.OWNER)
    if values.get("representative_used") == "1":
        roles.append(PartyRole.REPRESENTATIVE)
    return roles


def unread_days(values: Values) -> list[tuple[str, str]]:
    """(field, text) of birth dates that are no dates."""
    fields = [f"{role.value.lower()}.birth_date" for role in roles_in(values)]
    return [(name, values[name]) for name in fields if values.get(name) and read_day(values[name]) is None]


def read_intake(
    values: Values,
    content: dict[str, Any],
    unit_id: int,
    papers: tuple[ComponentIn, ...],
    locale: str,
    *,
    form: Form,
) -> Intake:
    parties = [read_party(values, role) for role in roles_in(values)]
    if owner_is_submitter(values):
        parties.insert(1, replace(parties[0], role=PartyRole.OWNER))
    return Intake(
        procedure_code=content["code"],
        receiving_unit_id=unit_id,
        channel=_channel(values.get("channel"), Channel.DIRECT),
        parties=tuple(parties),
        components=papers,
        case_code=values.get("case_code") or None,
        answers=read_answers(form, values, places=places_here()),
        copies=read_count(values.get("copies", "")) or 1,
        exempt_group=values.get("exempt_group"),
        result_channel=_channel(values.get("result_channel"), Channel.DIRECT),
        locale=locale,
        declared_code=values.get("declared_code", "").strip(),
    )


def _channel(text: str | None, usual: Channel) -> Channel:
    return Channel(text) if text in Channel.values else usual


def receiving_units(actor: Actor) -> list[Leaf]:
    """Where this person may receive, their own unit first."""
    grants = [grant for grant in actor.grants if grant.duty in (Duty.RECEPTION, Duty.SUPPORT)]
    paths = sorted({grant.unit_path for grant in grants if grant.unit_path})
    units = list_leaves_below(paths=paths) if paths else []
    receiving = [unit for unit in units if unit.receives and unit.open]
    return sorted(receiving, key=lambda unit: (unit.id != actor.unit_id, len(unit.path), unit.name))


def chosen_unit(values: Values, units: list[Leaf]) -> Leaf | None:
    wanted = values.get("receiving_unit", "")
    return next((unit for unit in units if str(unit.id) == wanted), units[0] if units else None)
