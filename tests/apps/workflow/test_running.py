"""A run from its first step to its last, through the services."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.organisations.services import close_unit
from apps.workflow import errors
from apps.workflow.engine.spec import SpecShelf, shelf
from apps.workflow.enums import RunState, StepState
from apps.workflow.models import ProcessDefinition, Run, Step
from apps.workflow.selectors import get_bpmn, get_open_steps, get_step, list_open_steps, list_steps
from apps.workflow.services import cancel_run, register_process, shift_dues, start_run
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context
from tests.apps.workflow.conftest import CALLED, MAIN, SUBJECT


def keys(steps):
    return [step.key for step in steps]


def test_start_run_opens_the_first_step_at_the_competent_unit(office, begin, now):
    run = begin()
    (step,) = run.opened
    assert (step.key, step.name, step.duty) == ("phan-cong", "Phân công thụ lý", "DIVISION_HEAD")
    assert (step.unit_id, step.unit_path) == (office.justice.id, office.justice.path)
    assert step.due_at == now.replace(hour=15)  # four working hours from 09:00, 11:30 to 13:30 left out
    assert list_open_steps(SUBJECT) == [step]
    assert get_step(step.public_id) == step
    entry = Entry.objects.filter(action="workflow.run_started").get()
    assert (entry.subject_id, entry.after["opened"]) == (SUBJECT, ["phan-cong"])


def test_the_whole_way_with_two_opinions_a_way_back_and_a_call(office, begin, done):
    (step,) = begin().opened
    (step,) = done(step, office.head).opened
    first, second = done(step, office.mai, "consult").opened
    assert (first.unit_id, second.unit_id) == (office.police.id, office.justice.id)
    assert done(first, office.lan, "disagree").opened == ()
    (step,) = done(second, office.head, "agree").opened
    assert step.key == "tham-dinh"  # they did not all agree: back
    first, second = done(step, office.mai, "consult").opened
    done(first, office.lan, "agree")
    (step,) = done(second, office.head, "agree").opened
    assert step.key == "ky"  # inside the called process
    (step,) = done(step, office.signer, "return").opened
    assert step.key == "tham-dinh"
    (step,) = done(step, office.binh, "propose").opened
    (step,) = done(step, office.signer, "sign").opened
    outcome = done(step, office.registry)
    assert outcome.finished
    assert outcome.opened == ()
    run = Run.objects.get()
    assert (run.status, run.state["tokens"]) == (RunState.FINISHED, [])
    assert list_open_steps(SUBJECT) == []
    assert keys(list_steps(SUBJECT)).count("tham-dinh") == 3
    assert Entry.objects.filter(action="workflow.step_completed").count() == 11


def test_complete_step_keeps_who_decided_what(office, begin, done):
    (step,) = done(begin().opened[0], office.head).opened
    closed = done(step, office.mai, "propose", note="Đủ điều kiện").closed
    assert (closed.state, closed.decision, closed.decision_label) == (
        StepState.DONE,
        "propose",
        "Trình cấp phép",
    )
    assert (closed.closed_by_id, closed.closed_by_name) == (office.mai.id, "Nguyễn Thị Mai")
    assert closed.note == "Đủ điều kiện"
    assert get_step(closed.public_id) == closed


def test_complete_step_takes_seven_statements_whatever_it_opens(office, begin, done):
    def counted(step, by, decision):
        with CaptureQueriesContext(connection) as seen:
            outcome = done(step, by, decision)
        return [query["sql"] for query in seen.captured_queries], outcome.opened

    def statements(subject_id):
        (step,) = begin(subject_id).opened
        opens_one, (step,) = counted(step, office.head, None)
        opens_two, (step, _other) = counted(step, office.mai, "consult")
        opens_none, _nothing = counted(step, office.lan, "agree")
        return opens_one, opens_two, opens_none

    statements(1)  # the first reads the spec, the units and their calendars into the process
    opens_one, opens_two, opens_none = statements(2)
    # savepoint, lock, update step, insert steps, update run, trail, release
    assert (len(opens_one), len(opens_two), len(opens_none)) == (7, 7, 6), (opens_one, opens_two)
    assert 'FOR NO KEY UPDATE OF "workflow_run", "workflow_step"' in opens_one[1]


def test_facts_steer_and_are_kept(office, begin, done):
    text = MAIN.replace("decision == 'consult'", "copies &gt; 3")
    process = register_process(bpmn=text, called={"ky-va-phat-hanh": CALLED})
    (step,) = begin(process_id=process.id, facts={"copies": 1}).opened
    (step,) = done(step, office.head, facts={"copies": 4}).opened
    assert len(done(step, office.mai, "propose").opened) == 2
    assert Run.objects.get().facts == {"copies": 4}


@pytest.mark.parametrize("facts", [{"a b": 1}, {"decision": "x"}, {"x": [1]}, {"x": "y" * 501}])
def test_facts_that_no_condition_can_use_are_refused(begin, facts):
    with pytest.raises(errors.FactUnfit):
        begin(facts=facts)
    assert not Run.objects.exists()


def test_register_process_keeps_the_same_content_once(office):
    again = register_process(bpmn=MAIN, called={"ky-va-phat-hanh": CALLED})
    assert again == office.process
    assert ProcessDefinition.objects.count() == 1
    assert get_bpmn(again.id) == (MAIN, {"ky-va-phat-hanh": CALLED})
    assert register_process(bpmn=MAIN + "\n", called={"ky-va-phat-hanh": CALLED}).id != again.id


def test_register_process_refuses_with_every_problem(in_gia_lai):
    broken = MAIN.replace('mc:duty="DIVISION_HEAD"', "").replace("P3D", "3 ngày")
    with pytest.raises(errors.ProcessInvalid) as refusal:
        register_process(bpmn=broken, called={"ky-va-phat-hanh": CALLED})
    assert {each.code for each in refusal.value.problems} == {"step.without_actor", "step.bad_time"}
    assert "3 lỗi" in str(refusal.value)
    assert not ProcessDefinition.objects.exists()


def test_a_spec_of_an_older_engine_is_made_anew(office, begin, done):
    shelf._specs.clear()
    ProcessDefinition.objects.update(spec={"notation": 0})
    (step,) = begin().opened
    assert done(step, office.head).opened[0].key == "tham-dinh"


def test_a_subject_has_one_run_at_a_time(begin):
    begin()
    with pytest.raises(errors.RunAlreadyGoing):
        begin()
    assert Run.objects.count() == Step.objects.count() == 1


def test_a_unit_that_some_step_needs_must_be_named_at_the_start(office, begin):
    with pytest.raises(errors.UnitNotNamed, match="Cơ quan phối hợp"):
        begin(units={**office.units, "SUPPORTING": None})
    assert not Run.objects.exists()


def test_a_unit_may_be_named_by_its_code(office, begin, done):
    process = register_process(
        bpmn=MAIN.replace('mc:unit="SUPPORTING"', 'mc:unit="H21.121"'), called={"ky-va-phat-hanh": CALLED}
    )
    (step,) = begin(process_id=process.id).opened
    (step,) = done(step, office.head).opened
    assert done(step, office.mai, "consult").opened[0].unit_id == office.ward.id
    unknown = register_process(
        bpmn=MAIN.replace('mc:unit="SUPPORTING"', 'mc:unit="H21.999"'), called={"ky-va-phat-hanh": CALLED}
    )
    with pytest.raises(errors.UnitNotNamed, match=r"H21\.999"):
        begin(4002, process_id=unknown.id)


def test_a_step_opens_at_the_unit_that_has_taken_over(office, begin, done, now):
    (step,) = done(begin().opened[0], office.head).opened
    close_unit(
        unit_id=office.police.id,
        last_day=now.date() - timedelta(days=1),
        successor_id=office.ward.id,
        by=SYSTEM,
        now=now,
    )
    assert done(step, office.mai, "consult").opened[0].unit_path == office.ward.path


@pytest.mark.parametrize("subjects", [1, 3])
def test_get_open_steps_is_one_statement_for_a_page(begin, subjects):
    opened = {subject: list(begin(subject).opened) for subject in range(1, subjects + 1)}
    with CaptureQueriesContext(connection) as seen:
        assert get_open_steps([*opened, 999]) == opened
    assert len(seen) == 1


def test_the_shelf_keeps_few_and_loads_once(office):
    loads = []

    def load():
        loads.append(1)
        return ProcessDefinition.objects.get().spec

    small = SpecShelf(most=2)
    for sha256 in ("a", "b", "a", "c", "a"):
        small.get(sha256, load)
    assert (len(small), len(loads)) == (2, 3)


def test_cancel_run_closes_all_and_completes_nothing(office, begin, done, now):
    (step,) = done(begin().opened[0], office.head).opened
    done(step, office.mai, "consult")
    later = now + timedelta(hours=1)
    assert cancel_run(subject_id=SUBJECT, reason="Công dân rút hồ sơ", by=office.head, now=later) == 2
    assert list_open_steps(SUBJECT) == []
    assert [step.state for step in list_steps(SUBJECT)] == ["DONE", "DONE", "CANCELLED", "CANCELLED"]
    assert cancel_run(subject_id=SUBJECT, reason="", by=office.head, now=later) == 0
    assert begin().opened[0].key == "phan-cong"  # it may begin anew


def test_shift_dues_gives_back_the_working_time_of_a_pause(office, begin, now):
    (step,) = begin().opened
    resumed = now.replace(day=24, hour=10)
    assert shift_dues(subject_id=SUBJECT, paused_at=now, now=resumed) == 1
    assert get_step(step.public_id).due_at == now.replace(day=24, hour=16)  # four hours from 10:00
    assert shift_dues(subject_id=999, paused_at=now, now=resumed) == 0


def test_another_tenant_sees_nothing_of_it(office, begin, ha_noi, now):
    (step,) = begin().opened
    with tenant_context(ha_noi):
        assert list_steps(SUBJECT) == []
        with pytest.raises(errors.StepUnknown):
            get_step(step.public_id)
        with pytest.raises(errors.ProcessUnknown):
            start_run(
                subject_id=1,
                process_id=office.process.id,
                units={},
                facts={},
                procedure_code="x",
                by=office.head,
                now=now,
            )
