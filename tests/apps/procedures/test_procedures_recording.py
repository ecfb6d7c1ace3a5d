"""Where the dossiers of a procedure live: set at adoption, changed with a ground, never by another house."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.audit.selectors import list_entries
from apps.procedures import selectors, services
from apps.procedures.errors import (
    ControllerDutyMissing,
    HandledElsewhere,
    OverrideWithoutGround,
    ProcedureUnknown,
    RecordUnclear,
)
from apps.procedures.models import AdoptedVersion
from apps.procedures.record import Record
from kernel.actors import Actor, ActorKind

CODE = "1.001193"
TODAY = date(2026, 11, 23)
GROUND = "Công văn 15/BTP-HT"
MINISTRY = Record(system="MINISTRY", name="Hệ thống hộ tịch điện tử", address="https://hotich.moj.gov.vn/")


def adopt(national, by, now, **more) -> AdoptedVersion:
    return services.adopt(template_version_id=national[CODE], overrides=[], by=by, now=now, **more)


def set_record(record, by, now, ground=GROUND) -> None:
    services.set_record_system(code=CODE, record=record, ground=ground, by=by, now=now)


def in_force() -> selectors.AdoptedView:
    return selectors.get_version_in_force(CODE, TODAY)


def test_adopt_records_here_and_keeps_what_was_set(national, operator, controller, now) -> None:
    version = adopt(national, controller, now)
    assert in_force().record == Record()
    set_record(MINISTRY, controller, now)
    assert in_force().record == MINISTRY
    assert in_force().is_handled_elsewhere
    unit = {"slot": "units", "role": "SUPPORTING", "rule": "RECEIVING_UNIT", "ground": GROUND}
    again = services.adopt(template_version_id=national[CODE], overrides=[unit], by=controller, now=now)
    assert again.id != version.id
    assert in_force().record == MINISTRY


def test_adopt_sets_the_system_of_record(national, controller, now) -> None:
    version = adopt(national, controller, now, record=MINISTRY)
    assert in_force().record == MINISTRY
    assert adopt(national, controller, now, record=Record()).id == version.id
    assert in_force().record == Record()


def test_set_record_system_is_traced_and_read_at_once(national, controller, now) -> None:
    version = adopt(national, controller, now)
    selectors.get_version(version.id)  # warm
    set_record(MINISTRY, controller, now)
    assert selectors.get_version(version.id).record == MINISTRY
    entry = list_entries(subject_type="procedure", subject_id=version.id)[-1]
    assert (entry.action, entry.note, entry.after["address"]) == ("RECORD_SYSTEM", GROUND, MINISTRY.address)
    with pytest.raises(HandledElsewhere, match=r"Hệ thống hộ tịch điện tử. Hãy nộp tại https://hotich"):
        selectors.require_handled_here(in_force())
    received = Record(system="MINISTRY", name=MINISTRY.name, address=MINISTRY.address, receives=True)
    set_record(received, controller, now)
    selectors.require_handled_here(in_force())


@pytest.mark.parametrize(
    "record",
    [
        Record(system="ELSEWHERE", name="x", address="https://x.vn"),
        Record(system="MINISTRY", name=" ", address="https://x.vn"),
        Record(system="NATIONAL", name="x", address="javascript:alert(1)"),
        Record(system="NATIONAL", name="x", address=""),
    ],
)
def test_set_record_system_refuses_what_is_unclear_and_changes_nothing(
    national, controller, now, record
) -> None:
    adopt(national, controller, now)
    with pytest.raises(RecordUnclear):
        set_record(record, controller, now)
    assert in_force().record == Record()


def test_set_record_system_refuses_others_and_without_ground(national, controller, now) -> None:
    with pytest.raises(ProcedureUnknown):
        set_record(MINISTRY, controller, now)
    adopt(national, controller, now)
    with pytest.raises(OverrideWithoutGround):
        set_record(MINISTRY, controller, now, ground=" ")
    with pytest.raises(ControllerDutyMissing):
        set_record(MINISTRY, Actor(kind=ActorKind.STAFF, id=9, name="Khác"), now)
    assert in_force().record == Record()


def test_the_database_still_keeps_the_rest_of_a_version(national, controller, now) -> None:
    version = adopt(national, controller, now)
    rows = AdoptedVersion.objects.filter(id=version.id)
    for change in (
        {"content": {}},
        {"in_force_from": TODAY + timedelta(days=1)},
        {"record_system": "MINISTRY"},  # without name and address
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
