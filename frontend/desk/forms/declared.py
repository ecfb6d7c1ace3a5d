"""A form that its citizen has filled in beforehand, taken up at the counter by its code."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.dossiers.intake import EXEMPT_GROUP
from apps.forms import selectors as declarations
from apps.forms.compiling import Field, Form
from apps.forms.errors import (
    DeclarationOfAnother,
    DeclarationTaken,
    DeclarationUnfinished,
    DeclarationUnknown,
)
from frontend.filling.reading import PREFIX, write_values
from frontend.filling.sources import TYPED, read_source, seal
from kernel.actors import Actor
from kernel.errors import DomainError, Kind
from kernel.http.attempts import WINDOW_SECONDS, Counter, find_exhausted, give_back

TRIES_PER_CLERK = 30
_FIELD = "declared_code"


class TooManyCodes(DomainError):
    code = "desk.too_many_codes"
    sentence = _("Đã thử quá nhiều mã tờ khai. Hãy đợi {minutes} phút.")
    kind = Kind.FORBIDDEN


def fill_from_declaration(
    values: dict[str, str], form: Form, *, procedure: str, by: Actor, now: datetime
) -> None:
    """Put its answers into ``values``, in the place of what stood there, each person marked as declared.

    Wrong codes are counted: a clerk sees the declaration of whoever hands over
    the code, not one that was found by trying. Raises what keeps it from being taken up.
    """
    counters = (Counter("declared:clerk", str(by.id), TRIES_PER_CLERK),)
    if find_exhausted(counters) is not None:
        raise TooManyCodes(field=_FIELD, minutes=WINDOW_SECONDS // 60)
    found = declarations.find_for_counter(code=values.get(_FIELD, ""), now=now)
    if found is None:
        raise DeclarationUnknown(field=_FIELD)
    give_back(counters)
    if found.taken_at is not None:
        raise DeclarationTaken(field=_FIELD, declaration=found.code)
    if found.procedure_code != procedure:
        raise DeclarationOfAnother(field=_FIELD, declaration=found.code, procedure=found.procedure_code)
    if found.answers is None:
        raise DeclarationUnfinished(field=_FIELD, declaration=found.code)
    for name in [name for name in values if name.startswith(PREFIX)]:
        del values[name]
    values |= write_values(form, found.answers)
    values |= {_FIELD: found.code, "declared": found.code}
    values["declared_group"] = found.typed.get(EXEMPT_GROUP, "")
    values.pop(EXEMPT_GROUP, None)  # the clerk answers anew: this one claims something, or nothing
    _mark(form.fields, values, PREFIX)


def _mark(fields: tuple[Field, ...], values: dict[str, str], prefix: str) -> None:
    for field in fields:
        name = prefix + field.name
        if field.kind == "person" and values.get(f"{name}.name") and read_source(name, values) == TYPED:
            values[f"{name}.source"] = seal("DECLARED", name, values)
        elif field.kind == "group":
            for row in range(int(values.get(f"{name}.rows") or 0)):
                _mark(field.fields, values, f"{name}.{row}.")
