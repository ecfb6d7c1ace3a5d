"""Everything that is wrong with an intake, found at once. Asks nothing, changes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from apps.dossiers import errors
from apps.dossiers.enums import PartyKind, PartyRole
from apps.dossiers.identity import clean_identity_number, clean_phone, is_identity_number, is_tax_code
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.fees.assessment import list_groups
from apps.forms import judging
from apps.forms.compiling import Form, get_form, papers_asked
from kernel.errors import DomainError
from kernel.vietnamese import clean

_T = TypeVar("_T")
_MOST_COPIES = 999
_OLDEST = date(1900, 1, 1)


def tidy(intake: Intake) -> Intake:
    """The same intake with names, numbers and phones in the form they are stored in."""
    return replace(intake, parties=tuple(_tidy_party(party) for party in intake.parties))


def _tidy_party(party: PartyIn) -> PartyIn:
    return replace(
        party,
        name=clean(party.name),
        identity_number=clean_identity_number(party.identity_number),
        phone=(clean_phone(party.phone) or party.phone) if party.phone else "",
        email=party.email.strip(),
        address=clean(party.address),
    )


def find_case(content: dict[str, Any], case_code: str | None) -> dict[str, Any] | None:
    """The case of a procedure's content; a procedure with one case needs no code."""
    cases = content["cases"]
    if case_code is None:
        return cases[0] if len(cases) == 1 else None
    return next((case for case in cases if case["code"] == case_code), None)


def problems(intake: Intake, content: dict[str, Any], content_sha256: str, today: date) -> list[DomainError]:
    """Of a tidied intake, in the order of the form. Empty means it can be handed in."""
    found: list[DomainError] = []
    case = find_case(content, intake.case_code)
    if case is None:
        found.append(
            errors.CaseUnknown(field="case_code", procedure=content["code"], value=intake.case_code or "—")
        )
    if intake.channel not in content["channels"]:
        found.append(
            errors.ChannelNotOpen(field="channel", procedure=content["code"], value=intake.channel.label)
        )
    found += _party_problems(intake, today)
    form = get_form(content["form"], content_sha256=content_sha256)
    found += _answer_problems(form, intake.answers)
    if case is not None:
        asked = papers_asked(form, intake.answers)
        found += _component_problems(intake.components, content, case, asked)
    if intake.exempt_group and case is not None:
        groups = list_groups(fees=content["fees"], channel=intake.channel, case=case["code"])
        if intake.exempt_group not in groups:
            found.append(errors.ExemptGroupUnknown(field="exempt_group", procedure=content["code"]))
    if not 1 <= intake.copies <= _MOST_COPIES:
        found.append(errors.QuantityInvalid(field="copies", name=_("Số bản")))
    return found


def _party_problems(intake: Intake, today: date) -> Iterator[DomainError]:
    for role in (PartyRole.SUBMITTER, PartyRole.OWNER):
        if intake.party(role) is None:
            yield errors.PartyMissing(field=role.lower(), role=role.label)
    for role in _repeated(party.role for party in intake.parties):
        yield errors.PartyRepeated(field=role.lower(), role=role.label)
    for party in intake.parties:
        yield from _one_party(party, today)


def _repeated(values: Iterable[_T]) -> list[_T]:
    return [value for value, times in Counter(values).items() if times > 1]


def _one_party(party: PartyIn, today: date) -> Iterator[DomainError]:
    at = party.role.lower()
    if not party.name:
        yield errors.NameMissing(field=f"{at}.name", role=party.role.label)
    number = party.identity_number
    if party.kind == PartyKind.BUSINESS:
        if number and not is_tax_code(number):
            yield errors.TaxCodeInvalid(field=f"{at}.identity_number", value=number)
    elif number and not is_identity_number(number):
        yield errors.IdentityNumberInvalid(field=f"{at}.identity_number", value=number)
    elif not number and party.role == PartyRole.SUBMITTER:
        yield errors.IdentityNumberInvalid(field=f"{at}.identity_number", value="")
    if party.birth_date is not None and not _OLDEST <= party.birth_date <= today:
        yield errors.DateInvalid(field=f"{at}.birth_date", value=f"{party.birth_date:%d/%m/%Y}")
    if party.phone and clean_phone(party.phone) is None:
        yield errors.PhoneInvalid(field=f"{at}.phone", value=party.phone)
    if party.email and not _is_email(party.email):
        yield errors.EmailInvalid(field=f"{at}.email", value=party.email)


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _component_problems(
    handed_in: tuple[ComponentIn, ...],
    content: dict[str, Any],
    case: dict[str, Any],
    asked: dict[str, bool],
) -> Iterator[DomainError]:
    """``asked``: papers that the answers call for, beside those that every dossier of the case needs."""
    known = {component["key"]: component for component in content["components"]}
    belonging = set(case["components"])
    by_key = {component.key: component for component in handed_in}
    for key in _repeated(component.key for component in handed_in):
        yield errors.ComponentRepeated(field=f"components.{key}", value=key)
    for component in handed_in:
        at = f"components.{component.key}"
        if component.key not in known:
            yield errors.ComponentUnknown(field=at, value=component.key)
        elif not (0 <= component.originals <= _MOST_COPIES and 0 <= component.copies <= _MOST_COPIES):
            yield errors.QuantityInvalid(field=at, name=known[component.key]["name"])
    for key in case["components"]:
        if (known[key]["required"] or asked.get(key)) and key in belonging and not _is_there(by_key.get(key)):
            yield errors.ComponentMissing(field=f"components.{key}", name=known[key]["name"])


def _is_there(component: ComponentIn | None) -> bool:
    return component is not None and bool(component.originals or component.copies or component.file_ids)


def _answer_problems(form: Form, answers: dict[str, Any]) -> Iterator[DomainError]:
    for problem in judging.problems_of(form, answers):
        yield errors.FormInvalid(
            field=".".join(["answers", *map(str, problem.place)]),
            pointer=f"/answers{problem.pointer}",
            title=problem.title,
            problem=problem.sentence,
        )
