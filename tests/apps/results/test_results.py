from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from apps.results import errors
from apps.results.enums import ActKind
from apps.results.models import Act, HandOver, Result
from apps.results.selectors import get_results, list_hand_overs
from apps.results.services import hand_over, record_result
from kernel.actors import Actor, ActorKind

SUBJECT = 902
CLERK = Actor(kind=ActorKind.STAFF, id=5, name="Ngô Thị Văn Thư")


def recorded(now, **changed):
    given = {
        "subject_id": SUBJECT,
        "result_code": "KQ.G15.000031",
        "name": "Giấy khai sinh",
        "number": "112/2026",
        "signed_by_name": "Hoàng Thị Chủ Tịch",
        "signed_on": now.date(),
        "file_id": None,
        "by": CLERK,
        "now": now,
    }
    return record_result(**(given | changed))


def handed(now, **changed):
    given = {
        "subject_id": SUBJECT,
        "method": "DESK",
        "receiver_name": "Nguyễn Văn Bình",
        "receiver_identity": "052090001234",
        "proof": "",
        "by": CLERK,
        "now": now,
    }
    return hand_over(**(given | changed))


def test_record_result_is_signed_numbered_and_issued_but_not_delivered(in_gia_lai, now):
    recorded(now)
    (result,) = get_results(subject_id=SUBJECT)
    assert set(result.acts) == {ActKind.SIGN, ActKind.NUMBER, ActKind.ISSUE}
    assert result.acts["SIGN"].done_by_name == "Hoàng Thị Chủ Tịch"
    assert result.acts["NUMBER"].done_by_name == CLERK.name
    assert (result.number, result.is_delivered) == ("112/2026", False)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"number": " "}, errors.ResultIncomplete),
        ({"name": ""}, errors.ResultIncomplete),
        ({"signed_by_name": ""}, errors.ResultIncomplete),
        ({"signed_on": "tomorrow"}, errors.SignedInTheFuture),
    ],
)
def test_record_result_refuses_and_writes_nothing(in_gia_lai, now, changed, refusal):
    if changed.get("signed_on"):
        changed = {"signed_on": now.date() + timedelta(days=1)}
    with pytest.raises(refusal):
        recorded(now, **changed)
    assert not Result.objects.exists()


def test_record_result_refuses_the_same_number_again(in_gia_lai, now):
    recorded(now)
    with pytest.raises(errors.ResultNumberTaken):
        recorded(now)
    recorded(now, number="113/2026")
    assert len(get_results(subject_id=SUBJECT)) == 2


def test_hand_over_delivers_everything_that_waits_once(in_gia_lai, now, django_assert_num_queries):
    recorded(now)
    recorded(now, number="113/2026")
    handed(now)
    assert all(result.is_delivered for result in get_results(subject_id=SUBJECT))
    assert [view.receiver_name for view in list_hand_overs(subject_id=SUBJECT)] == ["Nguyễn Văn Bình"]
    with pytest.raises(errors.NothingToHandOver):
        handed(now)
    recorded(now, number="114/2026")
    handed(now, method="POST", proof="EB123456789VN", receiver_identity="")
    assert HandOver.objects.count() == 2
    with django_assert_num_queries(2):
        get_results(subject_id=SUBJECT)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"method": "PIGEON"}, errors.HandOverMethodUnknown),
        ({"receiver_name": " "}, errors.ReceiverMissing),
        ({"receiver_identity": ""}, errors.ReceiverMissing),
        ({"method": "POST", "proof": ""}, errors.ProofMissing),
        ({"method": "ONLINE", "proof": ""}, errors.ProofMissing),
    ],
)
def test_hand_over_refuses_without_the_proof_of_its_way(in_gia_lai, now, changed, refusal):
    recorded(now)
    with pytest.raises(refusal):
        handed(now, **changed)
    assert not HandOver.objects.exists()
    assert not get_results(subject_id=SUBJECT)[0].is_delivered


def test_evidence_is_never_changed(in_gia_lai, now):
    recorded(now)
    handed(now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Act.objects.update(done_by_name="Người khác")
    with pytest.raises(ProgrammingError), transaction.atomic():
        HandOver.objects.update(receiver_name="Người khác")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Act.objects.all().delete()
