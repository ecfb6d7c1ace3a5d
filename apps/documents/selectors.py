"""Door 1: what was issued, and the paper itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.documents.errors import DocumentAbsent
from apps.documents.models import IssuedDocument
from apps.documents.rendering import Sheet, render


@dataclass(frozen=True, slots=True)
class IssuedView:
    id: int
    public_id: UUID
    subject_id: int
    form: str
    number: str
    issued_at: datetime
    issued_by_name: str


def view_of(row: IssuedDocument) -> IssuedView:
    return IssuedView(**{name: getattr(row, name) for name in IssuedView.__slots__})


def list_issued(*, subject_id: int) -> list[IssuedView]:
    """In the order of issue."""
    rows = IssuedDocument.objects.filter(subject_id=subject_id).order_by("id")
    return [IssuedView(*row) for row in rows.values_list(*IssuedView.__slots__)]


def get_issued(*, public_id: UUID | str) -> IssuedView:
    """Raises DocumentAbsent. The caller asks who may read it."""
    row = IssuedDocument.objects.filter(public_id=public_id).defer("data").first()
    if row is None:
        raise DocumentAbsent
    return view_of(row)


def render_pdf(issued_id: int) -> bytes:
    """The paper as PDF/A-2b, the same bytes every time. Raises DocumentAbsent; the caller asks who may read it."""
    row = IssuedDocument.objects.filter(id=issued_id).first()
    if row is None:
        raise DocumentAbsent
    return render(
        Sheet(
            form=row.form,
            template=row.template,
            paper=row.paper,
            number=row.number,
            issued_at=row.issued_at,
            data=row.data,
        )
    )
