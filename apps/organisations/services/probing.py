"""The unit in which the platform tries itself out: a root beside the tenant's tree, in no list and no count."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.services import record
from apps.organisations.enums import UnitKind
from apps.organisations.errors import ProbeUnitNotPossible
from apps.organisations.models import Unit
from apps.organisations.permissions import require_house
from apps.organisations.selectors import UnitView, view_unit
from apps.organisations.services.creating import code_taken, folded_facts
from apps.organisations.tree import forget_tree
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import sort_key

PROBE_CODE = "X99"  # no agency's: its dossiers use up no number of anybody's day
_NAME = "Đơn vị kiểm tra hệ thống"


@transaction.atomic
def open_probe_unit(*, by: Actor, now: datetime) -> UnitView:
    """There, and receiving: made the first time, found again every other time.

    Raises NotYourUnit; UnitCodeTaken where a real unit has the code;
    ProbeUnitNotPossible in a schema of before the kind of unit was known.
    """
    require_house(by)
    unit = Unit.objects.select_for_update(of=("self",)).filter(kind=UnitKind.PROBE).order_by("id").first()
    if unit is None:
        unit = _make(by, now)
    elif not unit.receives:
        unit.receives = True
        unit.save(update_fields=["receives"])
        forget_tree()
    return view_unit(unit)


@transaction.atomic
def close_probe_unit(*, by: Actor, now: datetime) -> None:
    """It receives nothing until it is opened again: code of before, which does not know the kind, offers it to nobody.

    Raises NotYourUnit.
    """
    require_house(by)
    if Unit.objects.filter(kind=UnitKind.PROBE, receives=True).update(receives=False):
        forget_tree()


def _make(by: Actor, now: datetime) -> Unit:
    unit = Unit(
        public_id=uuid7(),
        code=PROBE_CODE,
        name=_NAME,
        name_sort=sort_key(_NAME),
        name_search=folded_facts(PROBE_CODE, _NAME, ""),
        kind=UnitKind.PROBE,
        path="/",
        receives=True,
        valid_from=timezone.localdate(now),
    )
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as refused:
        if Unit.objects.filter(code=PROBE_CODE).exists():
            raise code_taken(PROBE_CODE) from refused
        raise ProbeUnitNotPossible() from refused
    unit.path = f"/{unit.id}/"
    unit.save(update_fields=["path"])
    forget_tree()
    record(
        by=by, action="unit.created", subject_type="unit", subject_id=unit.id, now=now,
        after={"code": unit.code, "name": unit.name, "kind": unit.kind, "parent_id": None},
    )  # fmt: skip
    return unit
