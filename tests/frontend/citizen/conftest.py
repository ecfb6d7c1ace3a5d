"""A citizen at the host of Gia Lai, and a dossier to ask for."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from apps.accounts.selectors import find_user_by_username, get_actor
from apps.dossiers import services
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.organisations.selectors import get_unit_by_code
from tenants.registry.context import tenant_context

BIRTH = {
    "child_name": "Nguyễn Minh An",
    "child_sex": "Nữ",
    "child_birth_date": "2026-11-01",
    "child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_hometown": "Tỉnh Gia Lai",
    "requester_relation": "Cha",
}


@pytest.fixture
def citizen(furnished, gia_lai):
    return Client(HTTP_HOST="gialai.localhost")


@pytest.fixture
def house(furnished, gia_lai, now):
    """What staff do meanwhile: submit, accept, ask for papers; each binds the tenant for itself."""
    on = date(2026, 11, 23)

    def actor(username):
        return get_actor(find_user_by_username(username).id, on=on)

    def submit():
        person = {"name": "Nguyễn Văn Bình", "identity_number": "052090001234"}
        with tenant_context(gia_lai):
            return services.submit(
                intake=Intake(
                    procedure_code="1.001193",
                    receiving_unit_id=get_unit_by_code("H21.101.01", on=on).id,
                    channel=Channel.DIRECT,
                    parties=(
                        PartyIn(role=PartyRole.SUBMITTER, email="binh@example.vn", **person),
                        PartyIn(role=PartyRole.OWNER, **person),
                    ),
                    components=(
                        ComponentIn(key="to-khai", originals=1),
                        ComponentIn(key="giay-chung-sinh", originals=1),
                    ),
                    answers=dict(BIRTH),
                ),
                by=actor("tiepnhan"),
                now=now,
            )

    def accept(dossier):
        with tenant_context(gia_lai):
            services.accept(dossier_id=dossier.id, by=actor("tiepnhan"), now=now)

    def ask_for(dossier, items):
        with tenant_context(gia_lai):
            services.request_supplement(
                dossier_id=dossier.id,
                items=items,
                reason="Người nộp không phải cha, mẹ của trẻ.",
                ground="Điều 2 Thông tư 04/2020/TT-BTP",
                by=actor("tiepnhan"),
                now=now,
            )

    return SimpleNamespace(submit=submit, accept=accept, ask_for=ask_for)
