"""Handing in: the dossier is there, with its code, before anybody has looked at it."""

from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from apps.accounts.enums import Duty
from apps.audit import services as audit
from apps.dossiers import errors
from apps.dossiers.acceptance import reckon_acceptance_due
from apps.dossiers.charging import Claim, charge
from apps.dossiers.checking import find_case, problems, tidy
from apps.dossiers.codes import new_secret, next_code, require_foreign_code
from apps.dossiers.components import save_components
from apps.dossiers.enums import PartyRole, Status
from apps.dossiers.events import DossierSubmitted
from apps.dossiers.intake import EXEMPT_GROUP, Intake
from apps.dossiers.models import Dossier, Party
from apps.dossiers.placing import place_problems
from apps.forms import services as forms
from apps.forms.compiling import get_form
from apps.organisations import selectors as organisations
from apps.organisations.enums import UnitKind
from apps.organisations.selectors import Leaf
from apps.procedures import selectors as procedures
from apps.procedures.selectors import AdoptedView
from kernel.actors import Actor, ActorKind
from kernel.commands import command
from kernel.errors import Refusals
from kernel.ids import uuid7
from kernel.outbox.services import publish
from kernel.vietnamese import fold


@command
def submit(*, intake: Intake, by: Actor, now: datetime) -> Dossier:
    """Take a dossier in as status 1, or refuse it and change nothing.

    Raises Refusals with every problem of the intake, each with its field;
    ProcedureUnknown, HandledElsewhere, UnitDoesNotReceive, DutyMissing, CodeTaken; and what
    keeps a declaration from being taken over.
    """
    unit = _receiving_unit(intake, by, now)
    today = timezone.localdate(now)
    version = procedures.get_version_in_force(code=intake.procedure_code, on=today)
    if version is None:
        raise errors.ProcedureUnknown(field="procedure_code", value=intake.procedure_code)
    procedures.require_handled_here(version)
    intake = tidy(intake)
    form = get_form(version.content["form"], content_sha256=version.content_sha256)
    found = problems(intake, version.content, version.content_sha256, today)
    found += place_problems(form, intake.answers, today)
    if found:
        raise Refusals(found)
    claim = _take_declaration(intake, now)
    case = find_case(version.content, intake.case_code)
    assert case is not None  # noqa: S101 - problems() has refused an intake without one
    dossier = _save(intake, version, case["code"], unit, now)
    Party.objects.bulk_create(_parties(dossier, intake))
    save_components(dossier=dossier, handed_in=intake.components, content=version.content, by=by, now=now)
    spared = charge(dossier, intake, version, unit, claim, by, now)
    audit.record(
        by=by,
        action="SUBMIT",
        subject_type="dossier",
        subject_id=dossier.id,
        now=now,
        after={"status": dossier.status, "code": dossier.code, "channel": dossier.channel}
        | ({"declaration": claim.declaration} if claim.declaration else {})
        | spared,
    )
    if unit.kind != UnitKind.PROBE:  # a probe is no news to anybody
        publish(
            event=DossierSubmitted(
                dossier_id=dossier.id,
                code=dossier.code,
                procedure_code=dossier.procedure_code,
                channel=dossier.channel,
            ),
            now=now,
        )
    return dossier


def _receiving_unit(intake: Intake, by: Actor, now: datetime) -> Leaf:
    unit = organisations.find_leaf(intake.receiving_unit_id)
    if unit is None or not unit.receives or not unit.open:
        raise errors.UnitDoesNotReceive(field="receiving_unit", value=unit.name if unit else "—")
    if by.kind in (ActorKind.STAFF, ActorKind.CLIENT) and not any(
        by.may(duty, unit_path=unit.path, procedure=intake.procedure_code)
        for duty in (Duty.RECEPTION, Duty.SUPPORT)
    ):
        raise errors.DutyMissing(action=Duty.RECEPTION.label)
    return unit


def _take_declaration(intake: Intake, now: datetime) -> Claim:
    """The form came from a declaration: it is used up, and the trail says so."""
    if not intake.declared_code:
        return Claim()
    taken = forms.take_declaration(code=intake.declared_code, procedure_code=intake.procedure_code, now=now)
    return Claim(taken.typed.get(EXEMPT_GROUP, ""), taken.code)


def _save(intake: Intake, version: AdoptedView, case_code: str, unit: Leaf, now: datetime) -> Dossier:
    units = procedures.resolve_units(version_id=version.id, receiving_unit=unit)
    code = _code(intake, unit, now)
    owner = intake.party(PartyRole.OWNER)
    assert owner is not None  # noqa: S101 - problems() has refused an intake without one
    dossier = Dossier(
        public_id=uuid7(),
        code=code,
        code_is_foreign=bool(intake.foreign_code),
        secret=new_secret(),
        procedure_id=version.id,
        procedure_code=version.code,
        procedure_name=version.name,
        case_code=case_code,
        channel=intake.channel,
        status=Status.SUBMITTED,
        receiving_unit_id=unit.id,
        competent_unit_id=units["COMPETENT"],
        supporting_unit_id=units.get("SUPPORTING"),
        owner_name=owner.name,
        search_text=_search_text(code, intake),
        answers=intake.answers,
        result_channel=intake.result_channel,
        locale=intake.locale,
        submitted_at=now,
        status_at=now,
        due_at=reckon_acceptance_due(unit_id=unit.id, now=now),
    )
    try:
        dossier.save(force_insert=True)
    except IntegrityError as clash:
        if not intake.foreign_code:
            raise
        # Two systems handed the same foreign code in at the same moment: the index saw it, the look-up could not.
        raise errors.CodeTaken(field="foreign_code", value=code) from clash
    return dossier


def _code(intake: Intake, unit: Leaf, now: datetime) -> str:
    if not intake.foreign_code:
        return next_code(agency_code=unit.code, day=timezone.localdate(now))
    code = require_foreign_code(intake.foreign_code)
    if Dossier.objects.filter(code=code).exists():
        raise errors.CodeTaken(field="foreign_code", value=code)
    return code


def _search_text(code: str, intake: Intake) -> str:
    words = [code]
    for party in intake.parties:
        words += [party.name, party.identity_number, party.phone]
    return fold(" ".join(dict.fromkeys(word for word in words if word)))


def _parties(dossier: Dossier, intake: Intake) -> list[Party]:
    return [
        Party(
            dossier=dossier,
            role=party.role,
            kind=party.kind,
            name=party.name,
            identity_number=party.identity_number,
            birth_date=party.birth_date,
            phone=party.phone,
            email=party.email,
            address=party.address,
        )
        for party in intake.parties
    ]
