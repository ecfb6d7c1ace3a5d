"""What is filled in at home: found by its citizen and by a counter, by nobody else, and only for a while."""

from datetime import timedelta
from uuid import UUID

import pytest

from apps.forms import services
from apps.forms.codes import clean_code, digest_of
from apps.forms.compiling import compile_form
from apps.forms.errors import (
    DeclarationOfAnother,
    DeclarationTaken,
    DeclarationUnfinished,
    DeclarationUnknown,
)
from apps.forms.models import Declaration
from apps.forms.selectors import find_declaration, find_for_counter
from kernel.errors import Refusals
from tenants.registry.context import tenant_context
from tests.apps.forms.samples import everything

FORM = compile_form(everything())
VERSION = UUID(int=7)
GOOD = {"name": "Nguyễn An", "sex": "Nam"}


@pytest.fixture
def opened(in_gia_lai, now):
    return services.open_declaration(
        procedure_code="1.001193",
        version_public_id=VERSION,
        form_sha256=FORM.sha256,
        typed={"answers.name": "An"},
        now=now,
    )


def finish(opened, now, answers=GOOD):
    services.finish_declaration(
        code=opened.code, secret=opened.secret, form=FORM, version_public_id=VERSION, answers=answers, now=now
    )


def rows() -> list:
    return list(Declaration.objects.order_by("id").values())


@pytest.mark.parametrize("typed", ["tk-7f3k9-qx4mb", "TK7F3K9QX4MB", " 7f3k9 qx4mb ", "TK-7F3K9-QX4MB"])
def test_clean_code_takes_a_code_however_it_is_typed(typed):
    assert clean_code(typed) == "TK-7F3K9-QX4MB"


@pytest.mark.parametrize("typed", ["", "TK", "TK-7F3K9", "TK-7F3K9-QX4M1", "x" * 500, "TK-7F3K9-QX4MB-A"])
def test_clean_code_is_empty_for_what_is_none(typed):
    assert clean_code(typed) == ""


def test_open_declaration_keeps_a_digest_of_the_secret_and_not_the_secret(opened):
    (row,) = rows()
    assert row["secret_sha256"] == digest_of(opened.secret)
    assert opened.secret not in str(row)


def test_find_declaration_wants_both_codes(opened, now):
    found = find_declaration(code=opened.code.lower(), secret=f" {opened.secret.lower()}", now=now)
    assert found is not None
    assert found.typed == {"answers.name": "An"}
    assert find_declaration(code=opened.code, secret="", now=now) is None
    assert find_declaration(code=opened.code, secret="SAIMATBI", now=now) is None
    assert find_declaration(code="TK-AAAAA-AAAAA", secret=opened.secret, now=now) is None


def test_a_declaration_is_of_its_tenant_alone(opened, gia_lai, ha_noi, now):
    """Bind Gia Lai in the place of Hà Nội and everything is found: seen."""
    with tenant_context(ha_noi):
        assert find_declaration(code=opened.code, secret=opened.secret, now=now) is None
        assert find_for_counter(code=opened.code, now=now) is None
        with pytest.raises(DeclarationUnknown):
            services.take_declaration(code=opened.code, procedure_code="1.001193", now=now)
        assert rows() == []
    with tenant_context(gia_lai):
        assert find_for_counter(code=opened.code, now=now) is not None


def test_finish_declaration_judges_by_the_schema_and_changes_nothing_when_it_refuses(opened, now):
    before = rows()
    with pytest.raises(Refusals) as refused:
        finish(opened, now, {"name": "An"})
    assert [one.field for one in refused.value.refusals] == ["answers.sex"]
    assert rows() == before
    finish(opened, now)
    assert find_for_counter(code=opened.code, now=now).answers == GOOD


def test_save_declaration_opens_a_finished_one_again(opened, now):
    finish(opened, now)
    services.save_declaration(code=opened.code, secret=opened.secret, typed={}, now=now)
    found = find_for_counter(code=opened.code, now=now)
    assert (found.answers, found.finished_at) == (None, None)


def test_a_wrong_secret_changes_nothing(opened, now):
    before = rows()
    for act in (
        lambda secret: services.save_declaration(code=opened.code, secret=secret, typed={}, now=now),
        lambda secret: services.discard_declaration(code=opened.code, secret=secret, now=now),
    ):
        for secret in ("", "SAIMATBI"):
            with pytest.raises(DeclarationUnknown):
                act(secret)
    assert rows() == before


def test_take_declaration_is_for_one_dossier_and_leaves_nothing_of_the_answers(opened, now):
    """Take the look at taken_at out of take_declaration and the second dossier has it too: seen."""
    with pytest.raises(DeclarationUnfinished):
        services.take_declaration(code=opened.code, procedure_code="1.001193", now=now)
    finish(opened, now)
    with pytest.raises(DeclarationOfAnother):
        services.take_declaration(code=opened.code, procedure_code="1.000894", now=now)
    taken = services.take_declaration(code=opened.code, procedure_code="1.001193", now=now)
    assert taken.code == opened.code
    (row,) = rows()
    assert (row["typed"], row["answers"], row["taken_at"]) == ({}, None, now)
    with pytest.raises(DeclarationTaken):
        services.take_declaration(code=opened.code, procedure_code="1.001193", now=now)
    with pytest.raises(DeclarationTaken):
        services.save_declaration(code=opened.code, secret=opened.secret, typed={"a": "b"}, now=now)
    assert rows() == [row]


def test_forget_expired_forgets_what_nobody_came_for(opened, now):
    later = now + services.declaring.KEPT_FOR
    assert services.forget_expired(now=later - timedelta(seconds=1)) == 0
    assert find_for_counter(code=opened.code, now=later) is None  # before the round has come by, too
    assert services.forget_expired(now=later) == 1
    assert rows() == []
