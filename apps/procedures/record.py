"""The system of record of a procedure, as a value. Pure."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from apps.procedures.enums import RecordSystem
from apps.procedures.errors import RecordUnclear, refuse
from kernel.errors import DomainError


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
    """As it is kept. Raises RecordUnclear, for each field that is wrong."""
    refuse(record_refusals(record))
    if not record.is_elsewhere:
        return Record()
    return replace(record, name=record.name.strip(), address=record.address.strip())


def record_refusals(record: Record) -> list[DomainError]:
    if record.system not in RecordSystem.values:
        return [RecordUnclear(field="record_system")]
    if not record.is_elsewhere:
        return []
    found: list[DomainError] = []
    name, address = record.name.strip(), record.address.strip()
    if not name or len(name) > 250:
        found.append(RecordUnclear(field="record_name"))
    if not _is_address(address):
        found.append(RecordUnclear(field="record_address"))
    return found


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and len(text) <= 500
