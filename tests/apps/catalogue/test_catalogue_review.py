"""The life of a version: a second person, its day, and a log that shows what was done to it."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.editors import has_edited
from apps.catalogue.enums import VersionState
from apps.catalogue.errors import (
    ChangesNotSaid,
    DraftIsOpen,
    EffectiveBeforePredecessor,
    EffectiveInThePast,
    LegalBasisNeeded,
    RemarksNeeded,
    SecondPersonNeeded,
    VersionInReview,
    VersionJumpsPredecessor,
    VersionNotDraft,
    VersionNotInReview,
)
from apps.catalogue.lifecycle import MOVES, allowed_pairs
from apps.catalogue.models import PublishLog, TemplateVersion
from apps.catalogue.national_files import read_national
from apps.catalogue.verifying import verify_ledger
from kernel.actors import Actor, ActorKind
from kernel.errors import Refusals
from tests.publishing import BASIS, REVIEWER, publish_by_two

CONTENT = {file.code: file.content for file in read_national()}
CODE = "1.001193"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("central")


def draft(operator, now, **changes) -> TemplateVersion:
    content = {**deepcopy(CONTENT[CODE]), **changes}
    return services.create_draft(code=CODE, content=content, by=operator, now=now)


def submitted(operator, now, **changes) -> TemplateVersion:
    version = draft(operator, now, **changes)
    return services.submit_version(version_id=version.id, changes="Đổi tên", by=operator, now=now)


def published(operator, now, effective_from=TODAY, **changes) -> TemplateVersion:
    version = draft(operator, now, **changes)
    return publish_by_two(version_id=version.id, effective_from=effective_from, by=operator, now=now)


def approve(version, now, **changes) -> TemplateVersion:
    asked = {"effective_from": TODAY, "legal_basis": BASIS, "by": REVIEWER} | changes
    return services.publish(version_id=version.id, now=now, **asked)


def states() -> list[str]:
    return list(TemplateVersion.objects.order_by("number").values_list("state", flat=True))


def test_submit_hands_it_to_a_second_person_and_freezes_it(operator, now) -> None:
    version = submitted(operator, now)
    assert (version.state, version.submitted_by) == (VersionState.IN_REVIEW, operator.name)
    with pytest.raises(VersionInReview):
        services.update_draft(version_id=version.id, content=CONTENT[CODE], by=operator, now=now)
    with pytest.raises(DraftIsOpen):
        draft(operator, now)
    with pytest.raises(VersionInReview):
        services.submit_version(version_id=version.id, changes="x", by=operator, now=now)
    assert [row.action for row in selectors.list_publish_log()] == ["SUBMIT"]


def test_submit_refuses_when_nothing_is_said_about_the_changes(operator, now) -> None:
    version = draft(operator, now)
    with pytest.raises(ChangesNotSaid):
        services.submit_version(version_id=version.id, changes=" ", by=operator, now=now)
    assert states() == [VersionState.DRAFT]
    assert not PublishLog.objects.exists()


def test_return_gives_it_back_with_remarks(operator, now) -> None:
    version = submitted(operator, now)
    with pytest.raises(RemarksNeeded):
        services.return_version(version_id=version.id, remarks="", by=REVIEWER, now=now)
    assert states() == [VersionState.IN_REVIEW]
    services.return_version(version_id=version.id, remarks="Thiếu căn cứ", by=REVIEWER, now=now)
    assert states() == [VersionState.DRAFT]
    last = selectors.list_publish_log()[0]
    assert (last.action, last.note) == ("RETURN", "Thiếu căn cứ")
    services.update_draft(version_id=version.id, content=CONTENT[CODE], by=operator, now=now)
    with pytest.raises(VersionNotInReview):
        services.return_version(version_id=version.id, remarks="x", by=REVIEWER, now=now)


def test_publish_refuses_everyone_who_had_a_hand_in_it(operator, now) -> None:
    """The same key or, where a shell gives no key, the same name. Take has_edited out of publish and all pass."""
    second = Actor(kind=ActorKind.OPERATOR, id=2, name="Lê Thị Sửa")
    version = draft(operator, now)
    services.update_draft(version_id=version.id, content=CONTENT[CODE], by=second, now=now)
    services.submit_version(version_id=version.id, changes="Đổi tên", by=second, now=now)
    shell = Actor(kind=ActorKind.OPERATOR, id=None, name="NGUYỄN VĂN ĐIỀU")
    for author in (operator, second, shell):
        with pytest.raises(SecondPersonNeeded):
            approve(version, now, by=author)
    assert states() == [VersionState.IN_REVIEW]
    assert [row.action for row in selectors.list_publish_log()] == ["SUBMIT"]
    assert approve(version, now).state == VersionState.PUBLISHED


def test_two_accounts_of_one_name_are_two_people(operator) -> None:
    namesake = Actor(kind=ActorKind.OPERATOR, id=2, name=operator.name)
    assert not has_edited(["OPERATOR:1:nguyen van dieu"], namesake)
    assert has_edited(["OPERATOR:1:nguyen van dieu"], operator)


def test_publish_refuses_every_fault_at_once_and_changes_nothing(operator, now) -> None:
    published(operator, now, effective_from=TODAY + timedelta(days=9))
    version = submitted(operator, now)
    with pytest.raises(Refusals) as refusal:
        approve(version, now, by=operator, effective_from=TODAY - timedelta(days=1), legal_basis=" ")
    assert [type(one) for one in refusal.value.refusals] == [
        SecondPersonNeeded, EffectiveInThePast, LegalBasisNeeded, EffectiveBeforePredecessor,
    ]  # fmt: skip
    assert states() == ["PUBLISHED", "IN_REVIEW"]
    assert PublishLog.objects.filter(version=version).count() == 1


def test_publish_refuses_a_version_that_jumps_its_predecessor(operator, now) -> None:
    published(operator, now)
    version = draft(operator, now, name="Mới")
    TemplateVersion.objects.filter(id=version.id).update(number=7)
    services.submit_version(version_id=version.id, changes="x", by=operator, now=now)
    with pytest.raises(VersionJumpsPredecessor):
        approve(version, now)
    assert states() == ["PUBLISHED", "IN_REVIEW"]


def test_publish_today_supersedes_what_was_there(operator, now) -> None:
    published(operator, now)
    published(operator, now, name="Mới")
    assert states() == ["SUPERSEDED", "PUBLISHED"]
    assert selectors.list_publish_log()[0].action == "SUPERSEDE"


def test_a_scheduled_version_takes_over_at_midnight_in_viet_nam(operator, now) -> None:
    """Nobody does anything at midnight: 17:00 UTC is the next day here. The note that follows is only a note."""
    published(operator, now)
    published(operator, now, effective_from=date(2026, 12, 1), name="Mới")
    assert states() == ["PUBLISHED", "PUBLISHED"]

    def number() -> int:
        found = selectors.find_current(CODE, on=timezone.localdate())
        assert found is not None
        return found.number

    with time_machine.travel(datetime(2026, 11, 30, 16, 59, tzinfo=UTC), tick=False):
        assert number() == 1
        assert services.supersede_due(now=timezone.now()) == 0
    with time_machine.travel(datetime(2026, 11, 30, 17, 0, tzinfo=UTC), tick=False):
        assert number() == 2
        assert selectors.list_current_numbers(on=timezone.localdate()) == {CODE: 2}
        assert services.supersede_due(now=timezone.now()) == 1
        assert services.supersede_due(now=timezone.now()) == 0
    assert states() == ["SUPERSEDED", "PUBLISHED"]
    found = selectors.find_current(CODE, on=date(2026, 11, 30))
    assert found is not None
    assert found.number == 1


def test_a_superseded_version_stays_open_to_rings_that_have_nothing_newer(operator, now) -> None:
    first = draft(operator, now)
    publish_by_two(version_id=first.id, effective_from=TODAY, by=operator, now=now, rings=services.EVERY_RING)
    published(operator, now, name="Mới")
    assert selectors.list_newest_offered() == {
        "PILOT": {CODE: 2},
        "EARLY": {CODE: 1},
        "GENERAL": {CODE: 1},
    }


def test_the_database_lets_only_the_moves_of_the_table_through(operator, now) -> None:
    """Drop the trigger catalogue_keep_published and all of these go through."""
    version = submitted(operator, now)
    for change in (
        {"content": {}},
        {"edited_by": []},
        {"state": "SUPERSEDED", "superseded_at": now},
        {
            "state": "PUBLISHED",
            "published_at": now,
            "effective_from": TODAY,
            "published_by": operator.name,
            "published_by_key": version.edited_by[0],
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TemplateVersion.objects.filter(id=version.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=version.id)._raw_delete("default")
    approve(version, now)
    for state in set(VersionState.values) - {"PUBLISHED", "SUPERSEDED", "RETIRED"}:
        with pytest.raises(IntegrityError), transaction.atomic():
            TemplateVersion.objects.filter(id=version.id).update(state=state)


def test_the_table_of_moves_is_that_of_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'catalogue_keep_published'")
        (source,) = cursor.fetchone()
    for before, after in allowed_pairs():
        assert f"'{before.value}>{after.value}'" in source
    assert (
        source.count("WHEN '") == len(allowed_pairs()) == sum(len(sources) for sources, _ in MOVES.values())
    )


def test_a_version_published_twice_is_published_once(operator, now) -> None:
    version = submitted(operator, now)
    approve(version, now)
    with pytest.raises(VersionNotInReview):
        approve(version, now)
    with pytest.raises(VersionNotDraft):
        services.submit_version(version_id=version.id, changes="x", by=operator, now=now)
    assert PublishLog.objects.filter(action="PUBLISH").count() == 1


def test_verify_finds_nothing_wrong_with_what_the_services_wrote(operator, now, capsys) -> None:
    services.load_national(by=operator, now=now)
    version = draft(operator, now, name="Mới")
    publish_by_two(version_id=version.id, effective_from=TODAY, by=operator, now=now)
    verdict = verify_ledger()
    assert (verdict.breaks, verdict.versions) == ((), 13)
    assert verdict.lines == PublishLog.objects.count() == 12 * 5 + 4
    call_command("catalogue", "verify", "--expect", verdict.head)
    assert verdict.head in capsys.readouterr().out
    with pytest.raises(CommandError, match="bị cắt"):
        call_command("catalogue", "verify", "--expect", "0" * 64)


@pytest.mark.parametrize(
    ("tampered", "why"),
    [
        ("UPDATE catalogue_publishlog SET note = 'x' WHERE id = {line}", "khác với khi ghi"),
        ("UPDATE catalogue_publishlog SET at = at - interval '1 day' WHERE id = {line}", "khác với khi ghi"),
        ("DELETE FROM catalogue_publishlog WHERE id = {line}", "không nối tiếp"),
        (
            "UPDATE catalogue_templateversion SET effective_from = '2020-01-01' WHERE id = {version}",
            "ngày có hiệu lực khác",
        ),
        (
            'UPDATE catalogue_templateversion SET content = content || \'{{"name": "x"}}\' WHERE id = {version}',
            "nội dung khác",
        ),
    ],
)
def test_verify_names_the_first_line_that_does_not_hold(operator, now, capsys, tampered, why) -> None:
    """With the triggers off, as somebody with the owner's rights would do it. Without the chain none of them is seen."""
    first = published(operator, now)
    second = published(operator, now, name="Mới")
    line = PublishLog.objects.get(version=first, action="PUBLISH").id
    tables = ("catalogue_publishlog", "catalogue_templateversion")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(tampered.format(line=line, version=second.id))
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    found = verify_ledger().breaks[0]
    assert why in str(found.why)
    if "publishlog" in tampered:
        assert found.line in (line, line + 1)
    with pytest.raises(CommandError, match="không còn nguyên vẹn"):
        call_command("catalogue", "verify")
    assert f"Dòng {found.line}, thủ tục {CODE}" in capsys.readouterr().out


def test_the_release_before_may_still_write_and_verify_names_its_lines(operator, now) -> None:
    """It knows no editors and no chain; what has an editor goes through a review all the same."""
    version = draft(operator, now)
    change = {"state": "PUBLISHED", "published_at": now, "published_by": "Cũ", "effective_from": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=version.id).update(**change)
    TemplateVersion.objects.filter(id=version.id).update(edited_by=[])
    TemplateVersion.objects.filter(id=version.id).update(**change)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_publishlog (version_id, action, content_sha256, effective_from, at, by_name, note)"
            " VALUES (%s, 'PUBLISH', %s, %s, %s, 'Cũ', '')",
            [version.id, version.content_sha256, TODAY, now],
        )
    published(operator, now, name="Mới")
    (found,) = verify_ledger().breaks
    assert (found.number, "phần mềm bản trước" in str(found.why)) == (1, True)
