"""What a clerk types for a birth registration, and the same as values."""

from dataclasses import replace
from datetime import date

from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.organisations.selectors import get_unit_by_code

BIRTH = {
    "typed": "1",
    "owner_same": "1",
    "submitter.identity_number": "052190001234",
    "submitter.kind": "CITIZEN",
    "submitter.name": "Nguyễn Thị Phương Thảo",
    "submitter.birth_date": "12/03/1990",
    "submitter.phone": "0905 123 456",
    "submitter.address": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    "channel": "DIRECT",
    "result_channel": "DIRECT",
    "case_code": "1.001193.01",
    "components.to-khai.there": "1",
    "components.to-khai.originals": "1",
    "components.giay-chung-sinh.there": "1",
    "components.giay-chung-sinh.originals": "1",
}
BIRTH |= {
    "answers.child_name": "Nguyễn Hoàng Bảo An",
    "answers.child_sex": "Nữ",
    "answers.child_birth_date": "01112026",
    "answers.child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "answers.child_ethnicity": "Kinh",
    "answers.child_nationality": "Việt Nam",
    "answers.child_hometown": "phường Pleiku, tỉnh Gia Lai",
    "answers.requester_relation": "Mẹ",
}


def intake_of(name: str) -> Intake:
    submitter = PartyIn(
        role=PartyRole.SUBMITTER,
        name=name,
        identity_number="052190001234",
        phone="0905123456",
        birth_date=date(1990, 3, 12),
    )
    answers = {
        key.removeprefix("answers."): value for key, value in BIRTH.items() if key.startswith("answers.")
    }
    return Intake(
        procedure_code="1.001193",
        receiving_unit_id=get_unit_by_code("H21.101.01", on=date(2026, 11, 23)).id,
        channel=Channel.DIRECT,
        parties=(submitter, replace(submitter, role=PartyRole.OWNER)),
        components=(ComponentIn(key="to-khai", originals=1), ComponentIn(key="giay-chung-sinh", originals=1)),
        answers=answers | {"child_birth_date": "2026-11-01"},
    )
