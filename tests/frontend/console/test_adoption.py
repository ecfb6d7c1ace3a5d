"""The board of who lags, a last day set there, and the job that tells the tenants."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.models import AdoptionDeferral
from kernel.actors import SYSTEM
from project import offers
from tenants.registry.context import central_context
from tests.publishing import publish_by_two
from tests.statements import statements_of

CODE = "1.013225"
PATH = f"/templates/{CODE}/adoption/"


@pytest.fixture
def second(furnished, gia_lai, ha_noi):
    now = timezone.now()
    with central_context():
        draft = services.draft_from_published(code=CODE, by=SYSTEM, now=now)
        return publish_by_two(version_id=draft.id, effective_from=timezone.localdate(now), by=SYSTEM, now=now)


def test_the_board_says_who_lags(operator, second):
    page = operator.get(PATH).content.decode()
    for part in ("Tỉnh Gia Lai", "Thành phố Hà Nội", "chưa mở cho vòng này"):
        assert part in page
    assert "Không có nơi nào" in operator.get(PATH, {"view": "late"}).content.decode()
    assert operator.get("/templates/9.999999/adoption/").status_code == 404


def test_a_last_day_is_set_or_refused_beside_its_field(operator, second):
    day = timezone.localdate() + timedelta(days=30)
    asked = {"version": "2", "due_on": f"{day:%d/%m/%Y}", "reason": "Nghị định 118"}
    page = operator.get(PATH).content.decode()
    assert "chưa đặt hạn được" in page
    assert 'name="due_on"' not in page
    refused = operator.post(PATH, asked)
    assert refused.status_code == 422
    assert "chưa mở cho mọi vòng" in refused.content.decode()
    with central_context():
        services.offer_version(
            version=second.public_id, rings=services.EVERY_RING, by=SYSTEM, now=timezone.now()
        )
    for wrong in ({"due_on": "mai"}, {"reason": ""}, {"due_on": "01/01/2026"}, {"version": "1"}):
        answer = operator.post(PATH, asked | wrong)
        assert answer.status_code == 422
        assert "Nghị định 118" in answer.content.decode() or "reason" in wrong
    assert operator.post(PATH, asked).status_code == 302
    page = operator.get(PATH).content.decode()
    for part in (f"chậm nhất ngày {day:%d/%m/%Y}", "Đổi hạn áp dụng"):
        assert part in page
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert f"Hạn áp dụng {day:%d/%m/%Y} đã qua" in operator.get(PATH).content.decode()


def test_opening_a_ring_leads_to_its_job(operator, second):
    asked = {"version": str(second.public_id), "ring": ["EARLY", "GENERAL"]}
    answer = operator.post(f"/templates/{CODE}/offer/", asked)
    run = selectors.find_offer_run(second.id)
    assert answer["Location"] == f"/templates/{CODE}/offer/{run.public_id}/"
    page = operator.get(answer["Location"]).content.decode()
    assert "hx-get" in page
    offers.note.run(run_id=run.id)
    page = operator.get(answer["Location"]).content.decode()
    assert "Xong: đã báo" in page
    assert "hx-get" not in page
    assert operator.get(f"/templates/1.001193/offer/{run.public_id}/").status_code == 404
    again = operator.post(f"{answer['Location']}again/")
    assert again.status_code == 302


def test_the_board_costs_the_same_with_more_to_say(operator, second, now):
    with central_context():
        one = len(statements_of(lambda: operator.get(PATH)))
        run = selectors.find_offer_run(second.id)
        for tenant in ("H21", "H26"):
            services.note_offer(run_id=run.id, tenant_code=tenant, changes=3, conflicts=1, now=now)
        assert len(statements_of(lambda: operator.get(PATH))) == one


def test_only_operators_come_in(furnished, db):
    assert Client(HTTP_HOST="localhost").get(PATH).status_code == 302


def test_the_board_shows_what_a_tenant_says_of_itself(operator, second):
    now = timezone.now()
    until = timezone.localdate(now) + timedelta(days=20)
    with central_context():
        services.offer_version(version=second.public_id, rings=services.EVERY_RING, by=SYSTEM, now=now)
        for tenant, reason, words in (
            ("H21", "FEE_RESOLUTION", "Kỳ họp <b>cuối năm</b>"),
            ("H26", "TRAINING", ""),
        ):
            services.report_deferral(
                tenant_code=tenant,
                version=second.public_id,
                reason=reason,
                words=words,
                until=until,
                by=SYSTEM,
                now=now,
            )
        AdoptionDeferral.objects.filter(tenant_code="H26").update(until=until - timedelta(days=40))
    page = operator.get(PATH).content.decode()
    for part in (
        "đã báo lý do",
        "chờ nghị quyết của Hội đồng nhân dân",
        "Kỳ họp &lt;b&gt;cuối năm&lt;/b&gt;",
        f"hẹn áp dụng chậm nhất {until:%d/%m/%Y}",
        "đã quá ngày hẹn",
        "Chậm, chưa báo lý do",
    ):
        assert part in page
    assert "còn im lặng" in operator.get(PATH, {"view": "silent"}).content.decode()
