"""A process made ready to run, written down once and kept in the process that runs it."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

from lxml import etree

from apps.workflow.bpmn.allotment import Allotment
from apps.workflow.bpmn.graph import Graph, StepSpec
from apps.workflow.engine import notation
from apps.workflow.engine.joining import CountingParser

SPEC_NOTATION = 1  # raised when the engine or joining.py changes: specs written before are made anew
_NOT_OF_THE_ENGINE = frozenset({"form", "issues", "move"})


@dataclass(frozen=True, slots=True)
class Spec:
    """``main`` and ``called`` are the engine's and are only read; ``steps`` are by key, of all files."""

    main: Any
    called: dict[str, Any]
    steps: dict[str, StepSpec]

    @property
    def units(self) -> frozenset[str]:
        """Every role and unit code that some step needs."""
        return frozenset(step.unit for step in self.steps.values())


def build_spec(bpmn: str, called: Mapping[str, str], graphs: list[Graph]) -> dict[str, Any]:
    """As JSON, of files in which validation found nothing; ``graphs`` is what it read, main one first."""
    parser = CountingParser()
    for text in (bpmn, *called.values()):
        parser.add_bpmn_xml(etree.fromstring(text.encode(), _parser()))
    return {
        "notation": SPEC_NOTATION,
        "main": notation.write_spec(parser.get_spec(graphs[0].id)),
        "called": {key: notation.write_spec(parser.get_spec(key)) for key in called},
        "steps": [_write_step(step) for graph in graphs for step in graph.steps],
    }


def _write_step(step: StepSpec) -> dict[str, Any]:
    """What a run needs, and no more: releases that run beside this one read the same rows."""
    return {name: value for name, value in asdict(step).items() if name not in _NOT_OF_THE_ENGINE}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)


def load_spec(written: dict[str, Any]) -> Spec:
    """From what build_spec wrote; uses ``written`` up."""
    steps = [
        StepSpec(
            **{
                **step,
                "allot": Allotment(**step["allot"]) if step["allot"] else None,
                "decisions": tuple((code, label) for code, label in step["decisions"]),
            }
        )
        for step in written["steps"]
    ]
    return Spec(
        main=notation.read_spec(written["main"]),
        called={key: notation.read_spec(spec) for key, spec in written["called"].items()},
        steps={step.key: step for step in steps},
    )


class SpecShelf:
    """The specs that this process has used last, by the hash of their content.

    The hash names the content, not its owner: two tenants with the same national
    process share one spec and learn nothing about each other. Bounded, because
    every version of every process would stay for ever otherwise.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._specs: OrderedDict[str, Spec] = OrderedDict()
        self._lock = Lock()

    def get(self, sha256: str, load: Callable[[], dict[str, Any]]) -> Spec:
        """``load`` fetches what build_spec wrote, and is only called when it is not here."""
        with self._lock:
            spec = self._specs.get(sha256)
            if spec is not None:
                self._specs.move_to_end(sha256)
                return spec
        spec = load_spec(load())  # outside the lock: it asks the database
        with self._lock:
            self._specs[sha256] = spec
            while len(self._specs) > self._most:
                self._specs.popitem(last=False)
        return spec

    def __len__(self) -> int:
        return len(self._specs)


shelf = SpecShelf(most=500)
