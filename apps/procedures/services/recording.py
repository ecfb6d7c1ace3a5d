"""Door 2: where the dossiers of a procedure live. It may change without a new version: the law stays."""

from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.procedures.errors import OverrideWithoutGround, ProcedureUnknown, refuse
from apps.procedures.models import AdoptedVersion
from apps.procedures.permissions import require_controller
from apps.procedures.record import Record, clean_record, record_refusals
from apps.procedures.selectors import head_key
from apps.procedures.services.standing import list_standing, lock_procedure
from kernel.actors import Actor


@transaction.atomic
def set_record_system(*, code: str, record: Record, ground: str, by: Actor, now: datetime) -> None:
    """Of what is in force today and of what begins later. Dossiers that are here already go on here.

    Raises ControllerDutyMissing, OverrideWithoutGround, RecordUnclear, ProcedureUnknown.
    """
    require_controller(by, code)
    found = record_refusals(record)
    if not ground.strip():
        found.append(OverrideWithoutGround(field="ground"))
    refuse(found)
    record = clean_record(record)
    lock_procedure(code)
    standing = list_standing(code, timezone.localdate(now))
    if not standing:
        raise ProcedureUnknown(procedure=code)
    change_record(standing, record, note=ground, by=by, now=now)


def change_record(
    standing: list[AdoptedVersion], record: Record, *, note: str, by: Actor, now: datetime
) -> None:
    """``record`` is clean. What is so already is not written and not traced again."""
    for version in standing:
        before = facts_of(version)
        if record == record_of(version):
            continue
        put_record(version, record)
        audit.record(
            by=by,
            action="RECORD_SYSTEM",
            subject_type="procedure",
            subject_id=version.id,
            now=now,
            before=before,
            after=facts_of(version),
            note=note,
        )


def put_record(version: AdoptedVersion, record: Record) -> None:
    version.record_system, version.record_receives = record.system, record.receives
    version.record_name, version.record_address = record.name, record.address
    version.save(update_fields=["record_system", "record_name", "record_address", "record_receives"])
    key = head_key(version.id)
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))


def record_of(version: AdoptedVersion) -> Record:
    return Record(
        system=version.record_system,
        name=version.record_name,
        address=version.record_address,
        receives=version.record_receives,
    )


def facts_of(version: AdoptedVersion) -> dict[str, object]:
    record = record_of(version)
    return {
        "system": str(record.system),
        "name": record.name,
        "address": record.address,
        "receives": record.receives,
    }
