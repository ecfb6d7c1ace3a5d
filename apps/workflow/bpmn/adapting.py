"""What other tools draw and a run does not need, taken out of a file when it is brought in; each thing is told.

BPMN 2.0 (ISO/IEC 19510) lets a tool put a process into a pool with lanes, draw plain
tasks, data and groups, and add its own extensions. None of it changes whose turn
it is, so it is no reason to refuse a ministry's drawing. What would change it
(scripts, timers, messages, sub-processes …) stays and is refused by reading.py.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lxml import etree

from apps.workflow.bpmn.drawing import is_drawing
from apps.workflow.bpmn.graph import MODEL, NodeKind

_PLAIN = ("task", "manualTask")  # somebody's work that a tool did not mark as such
_DATA = (
    *("dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "ioSpecification", "property"),
    *("dataInputAssociation", "dataOutputAssociation", "group", "category"),
)
# What the standard takes for granted and some tools write out all the same.
_SAID_ANYWAY = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "isImmediate": "true",
    "implementation": "##unspecified",
    "isInterrupting": "true",
    "parallelMultiple": "false",
}


def adapt(root: etree._Element) -> list[str]:
    """Changes ``root`` in place; returns what was changed, in words. Nothing to change: an empty list."""
    notes = [*_leave_pool(root), *_leave_lanes(root), *_mark_tasks(root), *_leave_rest(root)]
    for element in root.iter(f"{{{MODEL}}}*"):
        for name, usual in _SAID_ANYWAY.items():
            if element.get(name) == usual:
                element.attrib.pop(name, None)
    if notes:
        _leave_drawing(root)
    return notes


def _leave_pool(root: etree._Element) -> Iterator[str]:
    """One process in a pool is that process. Two of them are two procedures: they stay, and are refused."""
    processes = root.findall(_tag("process"))
    pools = root.findall(_tag("collaboration"))
    if len(processes) != 1 or not pools:
        return
    process = processes[0]
    own = [
        each
        for pool in pools
        for each in pool.findall(_tag("participant"))
        if each.get("processRef") in (process.get("id"), f"tns:{process.get('id')}")
    ]
    if own and not process.get("name", "").strip():
        process.set("name", own[0].get("name", ""))
    for pool in pools:
        _rename_plane(root, pool.get("id", ""), process.get("id", ""))
        root.remove(pool)
    yield _("bỏ khung bao ngoài (pool) và luồng thông điệp")


def _leave_lanes(root: etree._Element) -> Iterator[str]:
    """Whose lane it was stays beside the step, in words: a lane is no duty of this house yet."""
    lanes = list(root.iter(_tag("lane")))
    for lane in lanes:
        name = lane.get("name", "").strip()
        for reference in lane.findall(_tag("flowNodeRef")):
            node = next(iter(root.xpath(".//*[@id=$key]", key=(reference.text or "").strip())), None)
            if node is not None and name:
                note = etree.Element(_tag("documentation"))
                note.text = _("Làn: %(name)s") % {"name": name}
                node.insert(0, note)
    for lane_set in list(root.iter(_tag("laneSet"))):
        _remove(lane_set)
    if lanes:
        words = ngettext(
            "bỏ %(num)d làn, tên làn ghi vào mô tả của bước",
            "bỏ %(num)d làn, tên làn ghi vào mô tả của bước",
            len(lanes),
        )
        yield words % {"num": len(lanes)}


def _mark_tasks(root: etree._Element) -> Iterator[str]:
    plain = [element for name in _PLAIN for element in root.iter(_tag(name))]
    for element in plain:
        element.tag = _tag(NodeKind.STEP.value)
    if plain:
        words = ngettext(
            "đổi %(num)d công việc thành bước có người làm",
            "đổi %(num)d công việc thành bước có người làm",
            len(plain),
        )
        yield words % {"num": len(plain)}


def _leave_rest(root: etree._Element) -> Iterator[str]:
    data = [element for name in _DATA for element in root.iter(_tag(name))]
    own_to_tools = list(root.iter(_tag("extensionElements")))
    for element in (*data, *own_to_tools):
        _remove(element)
    if data:
        words = ngettext(
            "bỏ %(num)d dữ liệu hoặc nhóm vẽ kèm", "bỏ %(num)d dữ liệu hoặc nhóm vẽ kèm", len(data)
        )
        yield words % {"num": len(data)}
    if own_to_tools:
        yield _("bỏ phần mở rộng của công cụ khác")


def _leave_drawing(root: etree._Element) -> None:
    """Shapes and edges of what is no longer there."""
    there = {element.get("id") for element in root.iter(f"{{{MODEL}}}*")}
    for drawing in [child for child in root if is_drawing(child)]:
        for shape in list(drawing.iter()):
            shown = shape.get("bpmnElement")
            if shown is not None and shown not in there:
                _remove(shape)


def _rename_plane(root: etree._Element, old: str, new: str) -> None:
    for drawing in [child for child in root if is_drawing(child)]:
        for plane in drawing.iter():
            if plane.get("bpmnElement") == old:
                plane.set("bpmnElement", new)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _tag(name: str) -> str:
    return f"{{{MODEL}}}{name}"
