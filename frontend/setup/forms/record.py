"""The system of record, read from a form."""

from django.utils.datastructures import MultiValueDict

from apps.procedures.record import Record

Values = dict[str, str]


def record_values(record: Record) -> Values:
    return {
        "record_system": str(record.system),
        "record_name": record.name,
        "record_address": record.address,
        "record_receives": "1" if record.receives else "",
    }


def read_record(data: MultiValueDict[str, str]) -> Record:
    return Record(
        system=str(data.get("record_system") or ""),
        name=str(data.get("record_name") or ""),
        address=str(data.get("record_address") or ""),
        receives=data.get("record_receives") == "1",
    )
