"""A citizen fills in a form at home; a counter takes it over; then it is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare

from apps.forms.codes import clean_code, digest_of, new_code, new_secret
from apps.forms.compiling import Form
from apps.forms.errors import (
    AnswerInvalid,
    DeclarationOfAnother,
    DeclarationTaken,
    DeclarationUnfinished,
    DeclarationUnknown,
)
from apps.forms.judging import problems_of
from apps.forms.models import Declaration
from kernel.commands import command
from kernel.errors import Refusals

KEPT_FOR = timedelta(days=14)  # personal data: not longer than a person may need to get to a counter
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """The secret is told this once; only its digest is kept."""

    code: str
    secret: str


@dataclass(frozen=True, slots=True)
class Taken:
    """``typed``: the texts as they were typed, for what belongs to no form. Personal data."""

    code: str
    typed: dict[str, str]


@command
def open_declaration(
    *, procedure_code: str, version_public_id: UUID, form_sha256: str, typed: dict[str, str], now: datetime
) -> Opened:
    opened = Opened(new_code(), new_secret())
    Declaration.objects.create(
        code=opened.code,
        secret_sha256=digest_of(opened.secret),
        procedure_code=procedure_code,
        version_public_id=version_public_id,
        form_sha256=form_sha256,
        typed=typed,
        created_at=now,
        saved_at=now,
        expires_at=now + KEPT_FOR,
    )
    return opened


@command
def save_declaration(*, code: str, secret: str, typed: dict[str, str], now: datetime) -> None:
    """What was typed so far; a finished one is open again until it is finished anew.

    Raises DeclarationUnknown, DeclarationTaken.
    """
    row = _own(code, secret, now)
    row.typed, row.saved_at = typed, now
    row.answers, row.finished_at = None, None
    row.save(update_fields=["typed", "saved_at", "answers", "finished_at"])


@command
def finish_declaration(
    *, code: str, secret: str, form: Form, version_public_id: UUID, answers: dict[str, Any], now: datetime
) -> None:
    """Judged by the schema of the form, as the API judges. Raises Refusals, DeclarationUnknown, DeclarationTaken."""
    row = _own(code, secret, now)
    problems = problems_of(form, answers)
    if problems:
        raise Refusals(
            [
                AnswerInvalid(field=f"answers.{one.name}", title=one.title, problem=one.sentence)
                for one in problems
            ]
        )
    row.answers, row.finished_at = answers, now
    row.version_public_id, row.form_sha256 = version_public_id, form.sha256
    row.save(update_fields=["answers", "finished_at", "version_public_id", "form_sha256"])


@command
def take_declaration(*, code: str, procedure_code: str, now: datetime) -> Taken:
    """A dossier has the answers now: nothing of them stays here. Returns the code as it is written, and what was typed.

    The row is locked: of two clerks with the same code the second is refused.
    Raises DeclarationUnknown, DeclarationTaken, DeclarationUnfinished, DeclarationOfAnother.
    """
    field = "declared_code"
    row = _locked(code, now)
    if row is None:
        raise DeclarationUnknown(field=field)
    if row.taken_at is not None:
        raise DeclarationTaken(field=field, declaration=row.code)
    if row.procedure_code != procedure_code:
        raise DeclarationOfAnother(field=field, declaration=row.code, procedure=row.procedure_code)
    if row.finished_at is None:
        raise DeclarationUnfinished(field=field, declaration=row.code)
    taken = Taken(row.code, row.typed)
    row.typed, row.answers, row.taken_at = {}, None, now
    row.save(update_fields=["typed", "answers", "taken_at"])
    return taken


@command
def discard_declaration(*, code: str, secret: str, now: datetime) -> None:
    """Its citizen wants it forgotten. Raises DeclarationUnknown, DeclarationTaken."""
    _own(code, secret, now).delete()


@command
def forget_expired(*, now: datetime) -> int:
    """In batches, so that no lock is held for long; returns how many are gone."""
    gone = 0
    while True:
        rows = Declaration.objects.filter(expires_at__lte=now).order_by("expires_at")
        keys = list(rows.values_list("id", flat=True)[:_BATCH])
        if not keys:
            return gone
        gone += Declaration.objects.filter(id__in=keys).delete()[0]


def _own(code: str, secret: str, now: datetime) -> Declaration:
    row = _locked(code, now)
    kept = row.secret_sha256 if row is not None else digest_of("")
    if not constant_time_compare(kept, digest_of(secret)) or row is None:
        raise DeclarationUnknown
    if row.taken_at is not None:
        raise DeclarationTaken(declaration=row.code)
    return row


def _locked(code: str, now: datetime) -> Declaration | None:
    cleaned = clean_code(code)
    if not cleaned:
        return None
    return (
        Declaration.objects.select_for_update(of=("self",)).filter(code=cleaned, expires_at__gt=now).first()
    )
