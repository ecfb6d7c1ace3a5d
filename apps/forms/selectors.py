"""Door 1: which declaration is this?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare

from apps.forms.codes import clean_code, digest_of
from apps.forms.models import Declaration


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """``typed`` and ``answers`` are personal data."""

    code: str
    procedure_code: str
    version_public_id: UUID
    form_sha256: str
    typed: dict[str, str]
    answers: dict[str, Any] | None
    finished_at: datetime | None
    taken_at: datetime | None
    expires_at: datetime


def find_declaration(*, code: str, secret: str, now: datetime) -> DeclarationView | None:
    """For its citizen. The same work for an unknown code and for a wrong secret."""
    row = _row(code, now)
    kept = row.secret_sha256 if row is not None else digest_of("")
    if not constant_time_compare(kept, digest_of(secret)) or row is None:
        return None
    return _view(row)


def find_for_counter(*, code: str, now: datetime) -> DeclarationView | None:
    """For somebody who may receive; the door asks that, and counts how often codes are tried."""
    row = _row(code, now)
    return _view(row) if row is not None else None


def _row(code: str, now: datetime) -> Declaration | None:
    cleaned = clean_code(code)
    return Declaration.objects.filter(code=cleaned, expires_at__gt=now).first() if cleaned else None


def _view(row: Declaration) -> DeclarationView:
    return DeclarationView(**{name: getattr(row, name) for name in DeclarationView.__slots__})
