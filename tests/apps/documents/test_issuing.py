from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction

from apps.documents import errors, rendering
from apps.documents.models import Counter, IssuedDocument
from apps.documents.selectors import get_issued, list_issued, render_pdf
from apps.documents.services import issue
from apps.documents.template_table import TEMPLATES, find_template
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tests.apps.documents.sheets import DATA, words

UNIT = 3


def issued(now, *, form="01", unit_id=UNIT, subject_id=903, **changed):
    return issue(
        form=form, subject_id=subject_id, unit_id=unit_id, data=DATA[form], by=SYSTEM, now=now, **changed
    )


def test_issue_numbers_by_form_unit_and_year(in_gia_lai, now):
    assert issued(now).number == "01/TTPVHCC"
    assert issued(now).number == "02/TTPVHCC"
    assert issued(now, form="02").number == "01/HDHS"
    assert issued(now, unit_id=4).number == "01/TTPVHCC"
    # The year is that of Viet Nam: in London it is still 2026.
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert issued(new_year).number == "01/TTPVHCC"
    assert [view.form for view in list_issued(subject_id=903)] == ["01", "01", "02", "01", "01"]


def test_issue_takes_two_statements(in_gia_lai, now, django_assert_num_queries):
    issued(now)
    with transaction.atomic(), django_assert_num_queries(4):  # the two, between SAVEPOINT and RELEASE
        issued(now)


def test_a_number_that_was_rolled_back_is_given_again(in_gia_lai, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        issued(now)
        raise RuntimeError
    assert issued(now).number == "01/TTPVHCC"


def test_many_at_once_get_numbers_without_gap_or_double(throwaway_tenant, now):
    def clerk(_):
        try:
            with tenant_context(throwaway_tenant):
                return issued(now).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        numbers = sorted(clerks.map(clerk, range(20)))
    assert numbers == [f"{number:02d}/TTPVHCC" for number in range(1, 21)]
    assert Counter.objects.get().last == 20


def test_issue_refuses_a_form_that_is_not_in_force(in_gia_lai, now):
    before = datetime(2025, 9, 14, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    with pytest.raises(errors.FormUnknown):
        issued(before)
    with pytest.raises(errors.FormUnknown):
        issue(form="99", subject_id=1, unit_id=UNIT, data={}, by=SYSTEM, now=now)
    assert not IssuedDocument.objects.exists()
    assert not Counter.objects.exists()


def test_render_pdf_is_the_paper_as_it_was_issued(in_gia_lai, now):
    view = issued(now, paper="A5")
    assert get_issued(public_id=view.public_id) == view
    paper = render_pdf(view.id)
    assert "Số: 01/TTPVHCC" in words(paper)
    assert render_pdf(view.id) == paper
    with pytest.raises(errors.DocumentAbsent):
        render_pdf(view.id + 1)


def test_another_tenant_has_no_such_document(in_gia_lai, ha_noi, now):
    view = issued(now)
    with tenant_context(ha_noi):
        assert list_issued(subject_id=903) == []
        with pytest.raises(errors.DocumentAbsent):
            get_issued(public_id=view.public_id)


def test_an_issued_document_is_never_changed(in_gia_lai, now):
    issued(now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        IssuedDocument.objects.update(number="99/TTPVHCC")
    with pytest.raises(ProgrammingError), transaction.atomic():
        IssuedDocument.objects.all().delete()


def test_every_layout_of_the_table_is_there():
    for template in TEMPLATES:
        assert (rendering.TEMPLATES / template.form / template.folder / "form.typ").is_file()
        assert find_template(form=template.form, on=date(2026, 1, 1) + timedelta(days=1)) == template.folder
