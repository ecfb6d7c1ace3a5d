"""Every process that the centre ships can be registered, and every run of it comes to its end."""

import random

import pytest

from apps.catalogue.national_files import read_national
from apps.workflow.engine import running
from apps.workflow.engine.spec import build_spec, load_spec
from apps.workflow.validation import read_all

PROCESSES = {file.code: file.content["process"] for file in read_national()}


def test_there_are_processes():
    assert len(PROCESSES) >= 12


@pytest.mark.parametrize("code", PROCESSES)
def test_every_way_comes_to_the_end(code):
    bpmn, called = PROCESSES[code]["bpmn"], PROCESSES[code].get("called") or {}
    graphs, problems = read_all(bpmn, called)
    assert problems == []
    assert graphs[0].id == PROCESSES[code]["id"]
    spec = load_spec(build_spec(bpmn, called, graphs))
    for seed in range(30):
        assert _walk(spec, random.Random(seed)) >= 3


def _walk(spec, dice):
    """Decide by the dice until the end; the number of steps done."""
    position = running.start(spec, facts={})
    waiting, done = list(position.opened), 0
    while not position.finished:
        assert done < 1000
        step = waiting.pop(dice.randrange(len(waiting)))
        codes = sorted(spec.steps[step.key].decision_codes)
        decision = dice.choice(codes) if codes else None
        position = running.advance(spec, position.state, token=step.token, decision=decision, facts={})
        waiting += position.opened
        done += 1
    assert not waiting
    return done
