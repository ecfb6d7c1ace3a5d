"""The system of record of a procedure, as a value. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from apps.procedures.enums import RecordSystem
from apps.procedures.errors import RecordUnclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``receives``: handled elsewhere and received here all the same."""

    system: str = RecordSystem.LOCAL
    name: str = ""
    address: str = ""
    receives: bool = False

    @property
    def is_elsewhere(self) -> bool:
        return self.system != RecordSystem.LOCAL


def clean_record(record: Record) -> Record:
    """As it is kept. Raises RecordUnclear."""
    if record.system not in RecordSystem.values:
        raise RecordUnclear(field="record_system")
    if not record.is_elsewhere:
        return Record()
    name, address = record.name.strip(), record.address.strip()
    if not name or len(name) > 250:
        raise RecordUnclear(field="record_name")
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname or len(address) > 500:
        raise RecordUnclear(field="record_address")
    return Record(system=record.system, name=name, address=address, receives=record.receives)
