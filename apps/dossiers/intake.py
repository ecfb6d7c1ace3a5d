"""What is handed in, before it is a dossier: plain values, the same from every door."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.dossiers.enums import Channel, PartyKind, PartyRole

EXEMPT_GROUP = "exempt_group"  # how a declaration calls it, beside the answers of its form


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyIn:
    role: PartyRole
    name: str
    kind: PartyKind = PartyKind.CITIZEN
    identity_number: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentIn:
    """``file_ids`` are public ids of files that the same actor has uploaded."""

    key: str
    originals: int = 0
    copies: int = 0
    file_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """``case_code`` may be left out where the procedure has one case. ``foreign_code`` is the code
    of a dossier that was born in another system (the national portal, a ministry) and keeps it.
    ``declared_code`` is that of a form filled in beforehand, which this dossier takes over.
    ``exempt_group`` is the key of a group that is spared a fee, "" for none, None where nobody was asked.
    ``copies`` is the number of copies of the result asked for, where a fee is charged by copy.
    """

    procedure_code: str
    receiving_unit_id: int
    channel: Channel
    parties: tuple[PartyIn, ...]
    components: tuple[ComponentIn, ...] = ()
    case_code: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    copies: int = 1
    exempt_group: str | None = None
    result_channel: Channel = Channel.DIRECT
    foreign_code: str = ""
    locale: str = "vi"
    declared_code: str = ""

    def party(self, role: PartyRole) -> PartyIn | None:
        return next((party for party in self.parties if party.role == role), None)
