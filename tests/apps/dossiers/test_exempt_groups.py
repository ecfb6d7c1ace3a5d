"""A fee set by resolution, and who is spared: by the day, the way of handing in and the group that is chosen."""

from datetime import timedelta

import pytest

from apps.catalogue import selectors as catalogue
from apps.dossiers import services
from apps.dossiers.enums import Channel
from apps.dossiers.intake import ComponentIn
from apps.dossiers.models import Dossier
from apps.fees.selectors import get_fees
from apps.procedures import services as procedures
from kernel.actors import SYSTEM
from kernel.errors import Refusals

CODE = "1.000656"
DEATH = {
    "deceased_name": "Nguyễn Văn Cả",
    "deceased_sex": "Nam",
    "deceased_residence": "Phường Pleiku, tỉnh Gia Lai",
    "death_date": "2026-11-20",
    "death_place": "Tại nhà",
    "requester_relation": "Con",
}
POOR = {"key": "ho-ngheo", "name": "Hộ nghèo", "legal_ground": "Điều 3 Nghị quyết 7/2026/NQ-HĐND"}
HALF = {"key": "nguoi-cao-tuoi", "name": "Người cao tuổi", "legal_ground": "Điều 4", "amount": 3000}


@pytest.fixture
def resolution(house, now):
    """8.000 đ at the counter, 4.000 đ online; until the end of the seventh day."""
    template = catalogue.find_newest_published(CODE)
    fee = {"slot": "fee", "key": template.content["fees"][0]["key"], "ground": "Nghị quyết 7/2026/NQ-HĐND"}
    fee["to"] = (now.date() + timedelta(days=7)).isoformat()
    procedures.adopt(
        template_version_id=template.public_id,
        overrides=[
            {**fee, "amount": 8000, "exempt_groups": [POOR, HALF]},
            {**fee, "amount": 4000, "channel": "ONLINE", "exempt_groups": [POOR]},
        ],
        by=SYSTEM,
        now=now,
    )


@pytest.fixture
def death(intake):
    """A death registration with nothing else the matter."""
    papers = (ComponentIn(key="to-khai", originals=1), ComponentIn(key="giay-bao-tu", originals=1))

    def make(**changed):
        facts = {"procedure_code": CODE, "case_code": f"{CODE}.02", "components": papers, "answers": DEATH}
        return intake(**{**facts, **changed})

    return make


def lines(dossier) -> list[tuple[int, str, str]]:
    found = get_fees(subject_id=dossier.id).lines
    return [(line.total, line.name, line.exempt_ground) for line in found]


def test_submit_charges_by_channel_and_group(resolution, death, actor, now) -> None:
    by = actor("tiepnhan")
    usual = services.submit(intake=death(), by=by, now=now)
    poor = services.submit(intake=death(exempt_group="ho-ngheo"), by=by, now=now)
    half = services.submit(intake=death(exempt_group="nguoi-cao-tuoi"), by=by, now=now)
    online = services.submit(intake=death(channel=Channel.ONLINE), by=by, now=now)
    assert [[line[0] for line in lines(one)] for one in (usual, poor, half, online)] == [
        [8000],
        [0],
        [3000],
        [4000],
    ]
    assert lines(poor)[0][2] == POOR["legal_ground"]
    assert lines(half)[0][1].endswith("(Người cao tuổi)")


def test_submit_after_the_last_day_charges_as_the_nation_does(resolution, death, actor, now) -> None:
    later = now + timedelta(days=8)
    assert lines(services.submit(intake=death(), by=actor("tiepnhan"), now=later)) == []


def test_submit_refuses_a_group_that_is_not_spared_here(resolution, death, actor, now) -> None:
    before = Dossier.objects.count()
    wrong = death(exempt_group="nguoi-cao-tuoi", channel=Channel.ONLINE)
    with pytest.raises(Refusals) as refusal:
        services.submit(intake=wrong, by=actor("tiepnhan"), now=now)
    assert [(one.code, one.field) for one in refusal.value.refusals] == [
        ("dossier.exempt_group_unknown", "exempt_group")
    ]
    assert Dossier.objects.count() == before
