from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.fees import errors
from apps.fees.assessment import assess
from apps.fees.models import FeeLine, Payment
from apps.fees.selectors import get_fees, sum_due
from apps.fees.services import open_fees, record_payment
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tests.apps.fees.test_assessment import COPY, FEE

SUBJECT = 901


def opened(now, *fees, copies=2):
    lines = assess(fees=fees or (FEE, COPY), channel="DIRECT", case=None, copies=copies)
    open_fees(subject_id=SUBJECT, lines=lines, by=SYSTEM, now=now)


def pay(now, amount, key="k1", **changed):
    given = {"method": "CASH", "receipt_no": "AA/26-0001", "key": key, "by": SYSTEM, "now": now} | changed
    return record_payment(subject_id=SUBJECT, amount=amount, **given)


def test_open_fees_is_one_statement_however_many_lines(in_gia_lai, now):
    lines = assess(fees=(FEE, COPY), channel="DIRECT", case=None, copies=2)
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        open_fees(subject_id=SUBJECT, lines=lines, by=SYSTEM, now=now)
    assert len([one for one in captured if one["sql"].startswith("INSERT")]) == 1
    fees = get_fees(subject_id=SUBJECT)
    assert (fees.total, fees.paid, fees.outstanding) == (14000, 0, 14000)
    assert sum_due(fees.lines, due="RETURN") == 6000


def test_get_fees_without_fees_is_nothing_owed_in_one_statement(in_gia_lai, django_assert_num_queries):
    get_fees(subject_id=SUBJECT)  # the first statement of a connection also sets its tenant
    with django_assert_num_queries(1):
        fees = get_fees(subject_id=SUBJECT)
    assert (fees.lines, fees.total, fees.outstanding) == ((), 0, 0)


def test_get_fees_takes_two_statements(in_gia_lai, now, django_assert_num_queries):
    opened(now)
    pay(now, 4000)
    with django_assert_num_queries(2):
        fees = get_fees(subject_id=SUBJECT)
    assert (fees.paid, fees.outstanding) == (4000, 10000)
    assert fees.payments[0].receipt_number == "AA/26-0001"


def test_record_payment_with_the_same_key_is_the_same_money(in_gia_lai, now):
    opened(now)
    assert pay(now, 14000) is True
    assert pay(now, 14000) is False
    assert get_fees(subject_id=SUBJECT).paid == 14000
    with pytest.raises(errors.PaymentKeyReused):
        pay(now, 13000)


@pytest.mark.parametrize(
    ("amount", "changed", "refusal"),
    [
        (14001, {}, errors.PaymentExceedsOutstanding),
        (0, {}, errors.PaymentAmountInvalid),
        (-5, {}, errors.PaymentAmountInvalid),
        (10, {"method": "GOLD"}, errors.PaymentMethodUnknown),
        (10, {"receipt_no": "  "}, errors.ReceiptNumberMissing),
    ],
)
def test_record_payment_refuses_and_writes_nothing(in_gia_lai, now, amount, changed, refusal):
    opened(now)
    with pytest.raises(refusal):
        pay(now, amount, **changed)
    assert not Payment.objects.exists()


def test_record_payment_of_a_subject_without_fees_is_refused(in_gia_lai, now):
    with pytest.raises(errors.PaymentExceedsOutstanding):
        pay(now, 1)


def test_the_database_refuses_a_line_whose_total_is_not_the_product(in_gia_lai, now):
    opened(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeLine.objects.filter(subject_id=SUBJECT).update(total=1)


def test_the_database_refuses_to_change_a_payment(in_gia_lai, now):
    opened(now)
    pay(now, 5000)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Payment.objects.update(amount=1)


def test_of_two_cashiers_at_once_one_is_refused(throwaway_tenant, now):
    opened(now)

    def cashier(key):
        try:
            with tenant_context(throwaway_tenant):
                return pay(now, 14000, key=key)
        except errors.PaymentExceedsOutstanding:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(map(str, both.map(cashier, ("k1", "k2")))) == ["True", "refused"]
    assert get_fees(subject_id=SUBJECT).paid == 14000
