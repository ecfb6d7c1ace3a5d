"""Two operators at once, on two connections, with real commits: versions and drafts.

Seen to fail with ``select_for_update`` taken out of ``drafting.lock_version``: the second then
runs into the database's trigger instead of being refused, and of two edits the first is lost; and with
``lock_log`` emptied: both write a line after the same one, and the constraint against forks ends the
second with an error.
"""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from apps.catalogue import services
from apps.catalogue.models import ImportFinding, PublishLog, TemplateVersion
from apps.catalogue.national_files import read_national
from apps.catalogue.verifying import verify_ledger
from kernel.actors import Actor, ActorKind
from tenants.registry.context import central_context
from tests.apps.catalogue.catalogue_records import RECORD, load_records, record
from tests.at_once import at_once, kinds
from tests.lived_in import furnished_centre
from tests.publishing import BASIS, REVIEWER

ROUNDS = 6
CODES = ("1.001193", "1.000894")
CONTENT = {file.code: file.content for file in read_national()}
OTHER = Actor(kind=ActorKind.OPERATOR, id=98, name="Lê Thị Khác")
NOT_IN_REVIEW, DONE = "catalogue.version_not_in_review", "done"


@pytest.fixture
def centre(django_db_setup, django_db_blocker, now) -> Iterator[None]:
    with django_db_blocker.unblock(), furnished_centre(now), central_context():
        yield


def drafted(code, number, operator, now) -> TemplateVersion:
    content = {**CONTENT[code], "name": f"Bản thử {number}"}
    return services.create_draft(code=code, content=content, by=operator, now=now)


def submitted(code, number, operator, now) -> TemplateVersion:
    version = drafted(code, number, operator, now)
    return services.submit_version(version_id=version.id, changes="Đổi tên", by=operator, now=now)


def approve(version, by, now):
    return lambda: services.publish(
        version_id=version.id,
        effective_from=timezone.localdate(now),
        legal_basis=BASIS,
        by=by,
        now=now,
    )


def test_of_two_who_decide_at_once_one_is_refused(centre, operator, now) -> None:
    for number in range(ROUNDS):
        version = submitted(CODES[0], number, operator, now)
        answers = at_once(central_context, approve(version, REVIEWER, now), approve(version, OTHER, now))
        assert kinds(answers) == [NOT_IN_REVIEW, DONE]
        assert PublishLog.objects.filter(version=version, action="PUBLISH").count() == 1


def test_of_one_who_publishes_and_one_who_returns_at_once_one_is_refused(centre, operator, now) -> None:
    for number in range(ROUNDS):
        version = submitted(CODES[0], number, operator, now)

        def send_back(version=version):
            return services.return_version(version_id=version.id, remarks="Thiếu căn cứ", by=OTHER, now=now)

        answers = at_once(central_context, approve(version, REVIEWER, now), send_back)
        assert kinds(answers) == [NOT_IN_REVIEW, DONE]
        version.refresh_from_db()
        lines = list(
            PublishLog.objects.filter(version=version).order_by("id").values_list("action", flat=True)
        )
        done = "PUBLISH" if version.state == "PUBLISHED" else "RETURN"
        assert lines[:2] == ["SUBMIT", done]
        if done == "RETURN":
            services.submit_version(version_id=version.id, changes="Đã bổ sung", by=operator, now=now)
            approve(version, REVIEWER, now)()
    assert verify_ledger().breaks == ()


def test_publish_log_stays_one_chain_when_two_publish_at_once(centre, operator, now) -> None:
    for number in range(ROUNDS):
        versions = [submitted(code, number, operator, now) for code in CODES]
        done = at_once(central_context, *(approve(version, REVIEWER, now) for version in versions))
        assert [one.state for one in done] == ["PUBLISHED", "PUBLISHED"]
    assert verify_ledger().breaks == ()


def test_of_two_who_edit_one_draft_at_once_the_second_is_told_and_the_first_stands(
    centre, operator, now
) -> None:
    version = drafted(CODES[0], 0, operator, now)
    for number in range(ROUNDS):
        seen = TemplateVersion.objects.get(id=version.id).content_sha256

        def edit(name, by, seen=seen, number=number):
            content = {**CONTENT[CODES[0]], "name": f"{name} {number}"}
            return lambda: services.update_draft(
                version_id=version.id, content=content, seen_sha256=seen, by=by, now=now
            )

        answers = at_once(central_context, edit("Một", operator), edit("Hai", OTHER))
        assert kinds(answers) == ["catalogue.draft_changed_meanwhile", DONE]
        (kept,) = [answer for answer in answers if isinstance(answer, TemplateVersion)]
        (refusal,) = [answer for answer in answers if not isinstance(answer, TemplateVersion)]
        assert kept.created_by in str(refusal)
        assert TemplateVersion.objects.get(id=version.id).content["name"] == kept.content["name"]


def test_of_two_who_begin_a_draft_at_once_the_second_is_told(centre, operator, now) -> None:
    """With ``select_for_update`` taken out of ``create_draft`` the database's constraint ends the second."""
    for code in (*CODES, "1.013225", "9.000001"):  # the last is known to nobody yet
        content = CONTENT.get(code, {"code": code, "name": "Thủ tục mới"})

        def begin(by, code=code, content=content):
            return lambda: services.create_draft(code=code, content=content, by=by, now=now)

        answers = at_once(central_context, begin(operator), begin(OTHER))
        assert kinds(answers) == ["catalogue.draft_is_open", DONE]
        assert TemplateVersion.objects.filter(template__code=code, state="DRAFT").count() == 1


def test_two_limits_confirmed_at_once_both_stand_in_the_draft(centre, operator, now) -> None:
    """With ``select_for_update`` taken out of ``drafting.lock_version`` the second wrote over the first's limit."""
    cases = [{**RECORD["cases"][0], "code": f"1.000001.0{number}"} for number in (1, 2)]
    limit = {"amount": 3, "unit": "WORKING_DAY", "start": "NEXT_DAY", "legal_ground": "Luật Hộ tịch"}
    for number in range(ROUNDS):
        code = f"9.00000{number}"
        load_records(record(code=code, cases=cases), by=operator, now=now)
        findings = ImportFinding.objects.filter(code=code, kind="LIMIT_UNCONFIRMED").values_list(
            "id", flat=True
        )

        def confirm(pk, by):
            return lambda: services.confirm_finding(finding_id=pk, note="", limit=limit, by=by, now=now)

        first, second = findings
        answers = at_once(central_context, confirm(first, operator), confirm(second, OTHER))
        assert kinds(answers) == [DONE, DONE]
        version = TemplateVersion.objects.get(template__code=code)
        assert [case["limit"]["confirmed"] for case in version.content["cases"]] == [True, True]
        again = at_once(central_context, confirm(first, operator), confirm(first, OTHER))
        assert kinds(again) == ["catalogue.finding_confirmed"] * 2
