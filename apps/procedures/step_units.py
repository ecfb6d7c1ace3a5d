"""Gives one step of a process to a unit of this tenant: the only change an adoption makes to a process."""

from typing import Any

from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_UNIT = "{urn:motcua:bpmn:1}unit"


class StepUnknown(LookupError):
    """No user task of the process, or of what it calls, has this id."""


def give_step_to_unit(process: dict[str, Any], *, step: str, unit_code: str) -> dict[str, Any]:
    """The ``process`` part of a content with ``mc:unit`` of ``step`` set to ``unit_code``."""
    bpmn = _with_unit(process["bpmn"], step, unit_code)
    if bpmn is not None:
        return {**process, "bpmn": bpmn}
    for key, text in process.get("called", {}).items():
        bpmn = _with_unit(text, step, unit_code)
        if bpmn is not None:
            return {**process, "called": {**process["called"], key: bpmn}}
    raise StepUnknown(step)


def _with_unit(bpmn: str, step: str, unit_code: str) -> str | None:
    # The text comes from a published version; the reader is closed all the same: no DTD, no entities, no net.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(bpmn.encode(), parser)
    for task in root.iter(f"{_BPMN}userTask"):
        if task.get("id") == step:
            task.set(_UNIT, unit_code)
            return etree.tostring(root, xml_declaration=True, encoding="UTF-8").decode()
    return None
