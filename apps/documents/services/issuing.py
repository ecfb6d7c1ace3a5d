"""Giving a form its number and keeping what stands on it."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.documents.enums import Form, Paper
from apps.documents.models import IssuedDocument
from apps.documents.selectors import IssuedView, view_of
from apps.documents.template_table import find_template
from kernel.actors import Actor
from kernel.commands import command
from kernel.ids import uuid7

# TT 01/2018/TT-VPCP wrote the numbers so; the layouts of TT 03/2025/TT-VPCP are not confirmed.
_SUFFIX = {Form.RECEIPT: "TTPVHCC", Form.SUPPLEMENT: "HDHS", Form.REFUSAL: "TCHS", Form.STOP: "TBDHS"}


@command
def issue(
    *,
    form: str,
    subject_id: int,
    unit_id: int,
    data: dict[str, Any],
    by: Actor,
    now: datetime,
    paper: str = Paper.A4,
) -> IssuedView:
    """Two statements: the number, and the row with everything that stands on the paper.

    ``data`` is plain JSON; the layout reads it as data and never as markup.
    ``unit_id`` is whose series of numbers it is. Raises FormUnknown.
    """
    year = timezone.localdate(now).year
    template = find_template(form=form, on=timezone.localdate(now))
    ordinal = _next_ordinal(form, unit_id, year)
    return view_of(
        IssuedDocument.objects.create(
            public_id=uuid7(),
            subject_id=subject_id,
            form=form,
            unit_id=unit_id,
            year=year,
            ordinal=ordinal,
            number=f"{ordinal:02d}/{_SUFFIX[Form(form)]}",
            template=template,
            paper=paper,
            data=data,
            issued_at=now,
            issued_by_kind=by.kind,
            issued_by_id=by.id,
            issued_by_name=by.name,
        )
    )


def _next_ordinal(form: str, unit_id: int, year: int) -> int:
    """One statement; the row stays locked until the transaction ends, so no number is lost or given twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO documents_counter (form, unit_id, year, last) VALUES (%s, %s, %s, 1)
            ON CONFLICT (form, unit_id, year) DO UPDATE SET last = documents_counter.last + 1
            RETURNING last
            """,
            [form, unit_id, year],
        )
        return int(cursor.fetchone()[0])
