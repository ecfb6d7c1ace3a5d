"""Every tenant is asked, each answers for itself, the centre adds the numbers up."""

from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command

from apps.catalogue import selectors, services
from apps.catalogue.errors import ContentRefused, EffectUnknown
from apps.catalogue.models import EffectReport, EffectRequest
from kernel.actors import Actor, ActorKind
from project import effects
from tenants.registry.context import central_context, tenant_context

CODE = "1.013225"
BOTH = ("H21", "H26")


@pytest.fixture
def operator() -> Actor:
    return Actor(kind=ActorKind.OPERATOR, id=1, name="Nguyễn Văn Điều")


@pytest.fixture
def draft(furnished, gia_lai, ha_noi, operator, now):
    with central_context():
        version = services.draft_from_published(code=CODE, by=operator, now=now)
        content = deepcopy(version.content)
        content["cases"][0]["limit"]["amount"] = 7
        return services.update_draft(version_id=version.id, content=content, by=operator, now=now)


def ask(draft, operator, now):
    with central_context():
        return services.ask_effect(version_id=draft.id, tenants=BOTH, by=operator, now=now, wake=False)


def test_each_tenant_answers_in_its_own_name(draft, operator, now):
    asked = ask(draft, operator, now)
    assert selectors.list_waiting(asked.id) == list(BOTH)
    effects.measure_effect_now(asked.id)
    effect = selectors.find_effect(draft.id)
    assert effect.is_complete
    assert effect.content_sha256 == draft.content_sha256
    assert [(one.tenant_code, one.figures["adopted"]) for one in effect.reports] == [("H21", 1), ("H26", 1)]
    assert effect.total["adopted"] == 2


def test_a_tenant_answers_only_where_it_was_asked(draft, operator, now, gia_lai):
    with central_context():
        asked = services.ask_effect(version_id=draft.id, tenants=("H26",), by=operator, now=now, wake=False)
    with tenant_context(gia_lai), pytest.raises(EffectUnknown):
        effects.measure.run(request_id=asked.id)
    assert not EffectReport.objects.filter(reported_at__isnull=False).exists()
    assert selectors.find_asked_about(CODE, tenant_code="H21") is None
    assert selectors.find_asked_about(CODE, tenant_code="H26").number == 2


def test_ask_effect_refuses_what_could_not_run(draft, operator, now):
    with central_context():
        services.update_draft(
            version_id=draft.id, content={**draft.content, "level": "X"}, by=operator, now=now
        )
    with pytest.raises(ContentRefused):
        ask(draft, operator, now)
    assert not EffectRequest.objects.exists()


def test_the_tenants_are_woken_after_the_commit(
    draft, operator, now, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(effects.measure, "delay", lambda **asked: sent.append(asked))
    with django_capture_on_commit_callbacks(execute=True), central_context():
        asked = services.ask_effect(version_id=draft.id, tenants=BOTH, by=operator, now=now)
        assert sent == []
    assert sent == [{"request_id": asked.id}] * 2


def test_command_prints_a_line_a_tenant(draft, capsys):
    call_command("catalogue", "preview", CODE)
    out = capsys.readouterr().out
    assert out.count("đang dùng bản 1") == 2
    with pytest.raises(CommandError, match="không có bản nháp"):
        call_command("catalogue", "preview", "1.001193")
