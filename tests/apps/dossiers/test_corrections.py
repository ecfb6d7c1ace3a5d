"""A correction of words reaches an open dossier; its law does not move."""

from copy import deepcopy
from datetime import timedelta

import pytest

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.catalogue.changes import list_changes
from apps.deadlines.models import Clock
from apps.dossiers import selectors, services
from apps.dossiers.models import Component, Dossier
from apps.fees.models import FeeLine
from apps.procedures import selectors as procedures
from apps.procedures import services as adopting
from apps.procedures.correcting import flowing
from apps.procedures.errors import HandledElsewhere
from apps.procedures.models import Correction
from apps.procedures.record import Record
from kernel.actors import SYSTEM, Actor, ActorKind
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import get_tenant
from tests.publishing import publish_by_two

CODE = "1.001193"
OPERATOR = Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")
FEE = {
    "key": "le-phi", "code": "", "name": "Lệ phí", "kind": "SERVICE_FEE", "channel": None, "case": None,
    "amount": 8000, "per": "DOSSIER", "due": "INTAKE", "legal_ground": "NQ",
}  # fmt: skip


def adopt_newer(now, change, **transition):
    """The centre publishes another version, and Gia Lai takes it over."""
    with central_context():
        content = catalogue.find_newest_published(CODE).content
        change(content)
        if transition:
            content["transition"] = {"ground": "Điều 9 Nghị định", **transition}
        draft = catalogue_services.create_draft(code=CODE, content=content, by=OPERATOR, now=now)
        publish_by_two(
            version_id=draft.id,
            effective_from=now.date(),
            rings=catalogue_services.EVERY_RING,
            by=OPERATOR,
            now=now,
        )
    return adopting.adopt(template_version_id=draft.public_id, overrides=[], by=SYSTEM, now=now)


def reworded(content) -> None:
    """Words, and beside them everything that may never flow."""
    content["name"] = "Đăng ký khai sinh (đính chính)"
    content["components"][0]["name"] = "Tờ khai đăng ký khai sinh, mẫu mới"
    content["cases"][0]["limit"].update(amount=9, unit="WORKING_DAY", start="NEXT_DAY", cutoff=None)
    content["components"][1]["required"] = False
    content["fees"][0]["amount"] = 99000


@pytest.fixture
def open_dossier(house, now, intake, actor):
    adopt_newer(now, lambda content: content["fees"].append(FEE))
    by = actor("tiepnhan")
    dossier = services.submit(intake=intake(), by=by, now=now)
    services.accept(dossier_id=dossier.id, by=by, now=now)
    return Dossier.objects.get(id=dossier.id)


def law_of(dossier) -> list:
    """Everything that is stored of it, to the byte."""
    return [
        list(Dossier.objects.filter(id=dossier.id).values()),
        list(FeeLine.objects.filter(subject_id=dossier.id).order_by("id").values()),
        list(Component.objects.filter(dossier_id=dossier.id).order_by("id").values()),
        list(Clock.objects.filter(subject_id=dossier.id).values()),
        procedures.get_version(dossier.procedure_id),
    ]


def test_a_correction_changes_the_words_shown_and_nothing_else(open_dossier, now) -> None:
    """Lay the new version's words into the adopted version itself, or show all that changed, and this fails."""
    before, content = law_of(open_dossier), procedures.get_version(open_dossier.procedure_id).content
    flows = ["name", f"components/{content['components'][0]['key']}/name"]
    adopt_newer(now, reworded, rule="CORRECTIONS_FLOW", flows=flows)
    assert law_of(open_dossier) == before
    shown = selectors.shown_version(open_dossier)
    assert shown.name == "Đăng ký khai sinh (đính chính)"
    assert shown.content["components"][0]["name"] == "Tờ khai đăng ký khai sinh, mẫu mới"
    assert {change.path for change in list_changes(content, shown.content)} == set(flows)
    assert {row.path for row in Correction.objects.all()} == set(flows)


def test_flowing_lets_no_limit_fee_or_paper_through_whatever_a_version_says(house) -> None:
    """Take ``group_of(path) == Group.WORDING`` out of correcting.flowing and the texts among these flow."""
    old = catalogue.find_newest_published(CODE).content
    old["fees"] = [FEE]
    new = deepcopy(old)
    reworded(new)
    new["fees"][0].update(legal_ground="NQ mới", name="Lệ phí mới")
    new["process"]["bpmn"] = new["process"]["bpmn"].replace("PT2H", "PT1H")
    every = [change.path for change in list_changes(old, new)]
    new["transition"] = {"rule": "CORRECTIONS_FLOW", "ground": "x", "flows": every}
    assert len(every) > 5
    paper = old["components"][0]["key"]
    assert set(flowing(old, new, own_paths=[])) == {"name", f"components/{paper}/name"}
    assert set(flowing(old, new, own_paths=["name"])) == {f"components/{paper}/name"}


def test_corrections_are_said_in_words_and_end_with_the_dossier(open_dossier, now) -> None:
    adopt_newer(now, reworded, rule="CORRECTIONS_FLOW", flows=["name"])
    (said,) = selectors.list_shown_corrections(open_dossier)
    assert (said.what, said.before, said.after) == (
        "Tên thủ tục",
        "Thủ tục đăng ký khai sinh",
        "Đăng ký khai sinh (đính chính)",
    )
    open_dossier.finished_at = now
    assert selectors.shown_version(open_dossier).name == "Thủ tục đăng ký khai sinh"
    assert selectors.list_shown_corrections(open_dossier) == []


def test_the_newest_correction_counts_and_without_a_rule_nothing_flows(open_dossier, now) -> None:
    adopt_newer(now, reworded, rule="KEEP_ALL", flows=["name"])
    assert selectors.shown_version(open_dossier).name == "Thủ tục đăng ký khai sinh"
    for words in ("Tên thứ hai", "Tên thứ ba"):
        adopt_newer(
            now, lambda content, to=words: content.update(name=to), rule="CORRECTIONS_FLOW", flows=["name"]
        )
        assert selectors.shown_version(open_dossier).name == words


def test_corrections_stay_in_their_own_house(open_dossier, now) -> None:
    adopt_newer(now, reworded, rule="CORRECTIONS_FLOW", flows=["name"])
    assert Correction.objects.exists()
    with tenant_context(get_tenant("H26")):
        assert not Correction.objects.exists()
        other = procedures.get_version_in_force(CODE, now.date())
        assert procedures.get_shown_version(other.id).name == "Thủ tục đăng ký khai sinh"


def test_submit_refuses_what_is_handled_elsewhere_and_changes_nothing(house, intake, actor, now) -> None:
    """Take ``require_handled_here`` out of submit and the dossier is born twice: here and there."""
    record = Record(system="NATIONAL", name="Cổng hộ tịch", address="https://hotich.example.vn/")
    adopting.set_record_system(code=CODE, record=record, ground="Công văn", by=SYSTEM, now=now)
    counts = (Dossier.objects.count(), OutboxEvent.objects.count())
    with pytest.raises(HandledElsewhere) as refusal:
        services.submit(intake=intake(), by=actor("tiepnhan"), now=now + timedelta(minutes=1))
    assert (refusal.value.code, refusal.value.field) == ("procedure.handled_elsewhere", "procedure_code")
    assert "https://hotich.example.vn/" in str(refusal.value)
    assert (Dossier.objects.count(), OutboxEvent.objects.count()) == counts
