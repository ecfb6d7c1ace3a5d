"""Adopting into a tenant: a copy for ever, one in force a day, nothing of another tenant."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.audit.selectors import list_entries
from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.procedures import selectors, services
from apps.procedures.errors import (
    ControllerDutyMissing,
    LimitMayOnlyShrink,
    NotYetEffective,
    OverrideSlotClosed,
    OverrideUnclear,
    OverrideWithoutGround,
    ProcedureUnknown,
    TemplateNotOffered,
    TemplateNotPublished,
    UnitNotResolved,
)
from apps.procedures.models import AdoptedVersion, AdoptionUnit
from kernel.actors import Actor, ActorKind, Grant
from kernel.errors import Refusals
from kernel.outbox.models import OutboxEvent
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tests.publishing import publish_by_two

CODE = "1.001193"
GROUND = "Quyết định 100/QĐ-UBND"
TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
SHORTER = {"slot": "limit", "case": "1.004873.01", "amount": 2, "ground": GROUND}


def adopt(national, by, now, code=CODE, overrides=(), **more) -> AdoptedVersion:
    return services.adopt(
        template_version_id=national[code], overrides=list(overrides), by=by, now=now, **more
    )


def new_template(operator, now, code=CODE, *, days=0, rings=catalogue_services.EVERY_RING, **changes):
    """A further published version of a national template; its public id."""
    with central_context():
        content = catalogue.find_newest_published(code).content
        draft = catalogue_services.create_draft(
            code=code, content={**content, **changes}, by=operator, now=now
        )
        publish_by_two(
            version_id=draft.id,
            effective_from=TODAY + timedelta(days=days),
            rings=rings,
            by=operator,
            now=now,
        )
    return draft.public_id


def nothing_happened() -> bool:
    with central_context():
        reported = bool(catalogue.list_adoptions())
    return not (
        reported
        or AdoptedVersion.objects.exists()
        or AdoptionUnit.objects.exists()
        or OutboxEvent.objects.exists()
    )


def test_adopt_copies_the_template_into_the_tenant(national, controller, now) -> None:
    version = adopt(national, controller, now)
    assert (version.procedure_code, version.number, version.in_force_from) == (CODE, 1, TODAY)
    view = selectors.get_version_in_force(CODE, TODAY)
    assert view is not None
    assert view.id == version.id
    assert view.content == catalogue.get_version_content(national[CODE]).content
    assert view.process_id == version.process_id
    assert selectors.get_version_in_force(CODE, TODAY - timedelta(days=1)) is None


def test_adopt_leaves_a_trace_and_tells_house_and_centre(national, controller, now) -> None:
    version = adopt(national, controller, now)
    (entry,) = list_entries(subject_type="procedure", subject_id=version.id)
    assert (entry.action, entry.actor_name, entry.after["code"]) == ("ADOPT", controller.name, CODE)
    assert [(e.name, e.payload["procedure_code"]) for e in OutboxEvent.objects.all()] == [
        ("procedures.adopted", CODE)
    ]
    with central_context():
        found = [(row.tenant_code, row.code, row.overridden) for row in catalogue.list_adoptions()]
    assert found == [("H21", CODE, False)]


@pytest.mark.parametrize("code", ["1.000894", "1.013225", "2.000986", "2.001955"])
def test_adopt_registers_the_process(national, controller, now, code) -> None:
    assert (
        adopt(national, controller, now, code=code).process.key
        == catalogue.get_version_content(national[code]).content["process"]["id"]
    )


def test_adopt_twice_is_one_version(national, controller, now) -> None:
    first = adopt(national, controller, now)
    assert adopt(national, controller, now).id == first.id
    assert AdoptedVersion.objects.count() == 1
    assert OutboxEvent.objects.count() == 1


def test_adopt_with_overrides_is_in_force_and_kept(national, units, controller, now) -> None:
    version = adopt(national, controller, now, code="1.004873", overrides=[SHORTER])
    view = selectors.get_version_in_force("1.004873", TODAY)
    assert view is not None
    assert view.content["cases"][0]["limit"]["amount"] == 2
    assert version.overrides == [SHORTER]
    assert catalogue.get_version_content(national["1.004873"]).content["cases"][0]["limit"]["amount"] == 3


def test_adopt_refuses_a_longer_limit_and_changes_nothing(national, controller, now) -> None:
    with pytest.raises(LimitMayOnlyShrink):
        adopt(national, controller, now, code="1.004873", overrides=[{**SHORTER, "amount": 3}])
    assert nothing_happened()


def test_adopt_refuses_a_closed_slot(national, operator, controller, now) -> None:
    closed = new_template(operator, now, "1.004873", slots=["units"])
    with pytest.raises(OverrideSlotClosed):
        services.adopt(template_version_id=closed, overrides=[SHORTER], by=controller, now=now)
    assert nothing_happened()


def test_adopt_refuses_several_overrides_together(national, controller, now) -> None:
    unit = {"slot": "units", "role": "COMPETENT", "rule": "CHOSEN_UNIT", "unit_id": 999999, "ground": GROUND}
    step = {"slot": "units", "step": "ky", "unit_code": "H21.404", "ground": GROUND}
    with pytest.raises(Refusals) as refusal:
        adopt(national, controller, now, code="1.004873", overrides=[{**SHORTER, "amount": 9}, unit, step])
    assert [type(each) for each in refusal.value.refusals] == [
        LimitMayOnlyShrink,
        OverrideUnclear,
        OverrideUnclear,
    ]
    assert nothing_happened()


def test_adopt_refuses_a_draft_and_a_retired_version(national, operator, controller, now) -> None:
    with central_context():
        content = catalogue.get_version_content(national[CODE]).content
        draft = catalogue_services.create_draft(code=CODE, content=content, by=operator, now=now)
        published = catalogue.get_template("1.000894").versions[0]
        catalogue_services.retire(version_id=published.id, ground="x", by=operator, now=now)
    for version in (draft.public_id, published.public_id):
        with pytest.raises(TemplateNotPublished):
            services.adopt(template_version_id=version, overrides=[], by=controller, now=now)
    assert nothing_happened()


def test_adopt_refuses_what_is_not_open_to_the_ring(national, operator, controller, now, in_gia_lai) -> None:
    """Gia Lai is in the general ring. Take ``_require_offered`` out of adopt and it runs what only pilots should."""
    version = new_template(operator, now, name="Mới", rings=["PILOT"])
    with pytest.raises(TemplateNotOffered, match="Toàn quốc"):
        services.adopt(template_version_id=version, overrides=[], by=controller, now=now)
    assert nothing_happened()
    in_ring("PILOT")
    assert (
        services.adopt(template_version_id=version, overrides=[], by=controller, now=now).template_number == 2
    )


def test_adopt_again_what_runs_here_whatever_the_ring_is_now(national, operator, controller, now) -> None:
    version = new_template(operator, now, name="Mới", rings=["PILOT"])
    in_ring("PILOT")
    first = services.adopt(template_version_id=version, overrides=[], by=controller, now=now)
    in_ring("GENERAL")
    assert services.adopt(template_version_id=version, overrides=[], by=controller, now=now).id == first.id


def in_ring(ring) -> None:
    with central_context():
        Tenant.objects.filter(code="H21").update(ring=ring)


@pytest.mark.parametrize(
    "grants",
    [
        (),
        (Grant(duty="SPECIALIST"),),
        (Grant(duty="PROCEDURE_CONTROLLER", unit_path="/1/24/"),),
        (Grant(duty="PROCEDURE_CONTROLLER", procedure="1.000656"),),
    ],
)
def test_adopt_is_for_the_controller_of_the_whole_tenant(national, now, grants) -> None:
    with pytest.raises(ControllerDutyMissing):
        adopt(national, Actor(kind=ActorKind.STAFF, id=8, name="Lê Văn Khác", grants=grants), now)
    with pytest.raises(ControllerDutyMissing):
        adopt(national, Actor(kind=ActorKind.CLIENT, id=8, name="Máy"), now)
    assert nothing_happened()


def test_a_new_adoption_ends_the_one_before_and_dossiers_keep_theirs(
    national, operator, controller, now
) -> None:
    first = adopt(national, controller, now)
    later = new_template(operator, now, days=30, name="Đăng ký khai sinh (mới)")
    second = services.adopt(template_version_id=later, overrides=[], by=controller, now=now)
    switch = TODAY + timedelta(days=30)
    assert (second.number, second.in_force_from) == (2, switch)
    before, after = (
        selectors.get_version_in_force(CODE, day) for day in (switch - timedelta(days=1), switch)
    )
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (first.id, second.id)
    assert selectors.get_version(first.id).name == "Thủ tục đăng ký khai sinh"
    assert [(row.number, row.in_force_to) for row in selectors.list_history(CODE)] == [(2, None), (1, switch)]


def test_adopt_refuses_a_day_before_the_template_takes_effect(national, operator, controller, now) -> None:
    later = new_template(operator, now, days=30)
    with pytest.raises(NotYetEffective):
        services.adopt(
            template_version_id=later, overrides=[], by=controller, now=now, in_force_from=TOMORROW
        )


def test_adopt_of_an_older_template_ends_where_a_newer_one_begins(
    national, operator, controller, now
) -> None:
    """Seen failing: without cut_off the database refuses two versions in force a day."""
    adopt(national, controller, now)
    begins = TODAY + timedelta(days=30)
    newer = services.adopt(
        template_version_id=new_template(operator, now, days=30), overrides=[], by=controller, now=now
    )
    units = {"slot": "units", "role": "SUPPORTING", "rule": "RECEIVING_UNIT", "ground": GROUND}
    now_on = adopt(
        national, controller, now, overrides=[{**units, "to": (begins + timedelta(5)).isoformat()}]
    )
    newer.refresh_from_db()
    assert (now_on.in_force_from, now_on.in_force_to) == (TODAY, begins)
    assert (newer.in_force_from, newer.in_force_to) == (begins, None)
    found = [selectors.get_version_in_force(CODE, day).id for day in (TODAY, begins - timedelta(1), begins)]
    assert found == [now_on.id, now_on.id, newer.id]
    with (
        central_context()
    ):  # the board still shows the newer one: report the older and the tenant seems to lag
        reported = [one.number for one in catalogue.list_adoptions() if one.code == CODE]
    assert reported == [newer.template_number]
    again = adopt(national, controller, now, overrides=[{**units, "to": (begins + timedelta(5)).isoformat()}])
    assert again.id == now_on.id
    assert AdoptedVersion.objects.count() == 3


def test_adopt_lays_periods_down_before_a_newer_template_only(national, operator, controller, now) -> None:
    adopt(national, controller, now)
    newer = services.adopt(
        template_version_id=new_template(operator, now, days=30), overrides=[], by=controller, now=now
    )
    last = TODAY + timedelta(days=9)
    units = {"slot": "units", "role": "SUPPORTING", "rule": "RECEIVING_UNIT", "ground": GROUND}
    adopt(national, controller, now, overrides=[{**units, "to": last.isoformat()}])
    rows = AdoptedVersion.objects.standing(TODAY).filter(procedure_code=CODE).order_by("in_force_from")
    assert [(row.in_force_from, row.in_force_to) for row in rows] == [
        (TODAY, last + timedelta(1)),
        (last + timedelta(1), newer.in_force_from),
        (newer.in_force_from, None),
    ]


def test_adopt_refuses_an_override_that_a_newer_template_forestalls(
    national, operator, controller, now
) -> None:
    adopt(national, controller, now)
    services.adopt(
        template_version_id=new_template(operator, now, days=30), overrides=[], by=controller, now=now
    )
    units = {"slot": "units", "role": "SUPPORTING", "rule": "RECEIVING_UNIT", "ground": GROUND}
    with pytest.raises(OverrideUnclear) as refusal:
        adopt(
            national,
            controller,
            now,
            overrides=[{**units, "from": (TODAY + timedelta(days=30)).isoformat()}],
        )
    assert refusal.value.field == "overrides[0]"
    assert AdoptedVersion.objects.count() == 2


def test_a_version_replaced_on_its_first_day_is_never_in_force(national, operator, controller, now) -> None:
    adopt(national, controller, now)
    second = services.adopt(
        template_version_id=new_template(operator, now, name="Mới"), overrides=[], by=controller, now=now
    )
    view = selectors.get_version_in_force(CODE, TODAY)
    assert view is not None
    assert view.id == second.id


def test_the_database_keeps_an_adopted_version_and_one_in_force_a_day(national, controller, now) -> None:
    version = adopt(national, controller, now)
    for change in ({"content": {}}, {"name": "x"}, {"overrides": [1]}, {"in_force_from": TOMORROW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdoptedVersion.objects.filter(id=version.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptedVersion.objects.filter(id=version.id)._raw_delete("default")
    version.id, version.number, version.in_force_from = None, 2, TOMORROW
    version.public_id = national["1.000894"]
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_retire_procedure_ends_it_on_the_day(national, controller, now) -> None:
    version = adopt(national, controller, now)
    with pytest.raises(OverrideWithoutGround):
        services.retire_procedure(code=CODE, on=TOMORROW, ground=" ", by=controller, now=now)
    services.retire_procedure(code=CODE, on=TOMORROW, ground=GROUND, by=controller, now=now)
    assert selectors.get_version_in_force(CODE, TODAY) is not None
    assert selectors.get_version_in_force(CODE, TOMORROW) is None
    assert selectors.get_version(version.id).code == CODE
    with pytest.raises(ProcedureUnknown):
        services.retire_procedure(code=CODE, on=TOMORROW, ground=GROUND, by=controller, now=now)


def test_resolve_units_finds_the_commune_of_the_counter(national, units, controller, now) -> None:
    version = adopt(national, controller, now)
    found = selectors.resolve_units(version_id=version.id, receiving_unit=units.desk)
    assert found == {
        "RECEIVING": units.desk.id,
        "COMPETENT": units.commune.id,
        "SUPPORTING": units.commune.id,
    }
    with pytest.raises(UnitNotResolved):
        selectors.resolve_units(version_id=version.id, receiving_unit=units.centre)
    chosen = {"COMPETENT": units.commune.id, "SUPPORTING": units.police.id}
    found = selectors.resolve_units(version_id=version.id, receiving_unit=units.centre, chosen=chosen)
    assert found == {**chosen, "RECEIVING": units.centre.id}


def test_resolve_units_follows_the_override(national, units, controller, now) -> None:
    override = {"slot": "units", "role": "COMPETENT", "rule": "CHOSEN_UNIT", "unit_id": units.department.id,
                "ground": GROUND}  # fmt: skip
    version = adopt(national, controller, now, code="2.001955", overrides=[override])
    found = selectors.resolve_units(version_id=version.id, receiving_unit=units.centre)
    assert (found["RECEIVING"], found["COMPETENT"]) == (units.centre.id, units.department.id)


def test_adopt_gives_a_step_to_a_unit_by_its_code(national, units, controller, now) -> None:
    override = {"slot": "units", "step": "y-kien-pccc", "unit_code": "H21.24.09", "ground": GROUND}
    version = adopt(national, controller, now, code="1.013225", overrides=[override])
    assert 'mc:unit="H21.24.09"' in version.process.bpmn


def test_an_override_falls_away_after_its_last_day_without_anybody(national, controller, now) -> None:
    """Take ``period_starts`` out of lay_out and the shorter limit stands in December too."""
    last = TODAY + timedelta(days=7)
    until = {**SHORTER, "to": last.isoformat()}
    first = adopt(national, controller, now, code="1.004873", overrides=[until])
    days = [
        selectors.get_version_in_force("1.004873", day).content["cases"][0]["limit"]["amount"]
        for day in (TODAY, last, last + timedelta(days=1))
    ]
    assert days == [2, 2, 3]
    assert selectors.get_version_in_force("1.004873", TODAY).id == first.id
    assert adopt(national, controller, now, code="1.004873", overrides=[until]).id == first.id
    assert AdoptedVersion.objects.count() == 2
    assert OutboxEvent.objects.count() == 1


def test_adopt_again_replaces_what_never_began_and_traces_it(national, controller, now) -> None:
    until = {**SHORTER, "to": (TODAY + timedelta(days=7)).isoformat()}
    first = adopt(national, controller, now, code="1.004873", overrides=[until])
    later = selectors.get_version_in_force("1.004873", TODAY + timedelta(days=8))
    forever = adopt(national, controller, now, code="1.004873", overrides=[SHORTER])
    for days in (0, 8, 100):
        assert selectors.get_version_in_force("1.004873", TODAY + timedelta(days=days)).id == forever.id
    assert [entry.action for entry in list_entries(subject_type="procedure", subject_id=later.id)] == [
        "ADOPT",
        "REPLACE",
    ]
    assert selectors.list_overrides_in_force(on=TODAY) == {"1.004873": [SHORTER]}
    assert AdoptedVersion.objects.get(id=first.id).in_force_to == TODAY
    services.retire_procedure(code="1.004873", on=TOMORROW, ground=GROUND, by=controller, now=now)
    assert selectors.get_version_in_force("1.004873", TOMORROW) is None


def test_adopt_refuses_an_override_that_has_ended_and_changes_nothing(national, controller, now) -> None:
    ended = {**SHORTER, "to": (TODAY - timedelta(days=1)).isoformat()}
    with pytest.raises(OverrideUnclear, match="đã qua"):
        adopt(national, controller, now, code="1.004873", overrides=[ended])
    assert nothing_happened()
