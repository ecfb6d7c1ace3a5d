"""What changed in the way between the steps of a process, in words. Pure."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from lxml import etree

from apps.catalogue.process_parts import BPMN, read_process

if TYPE_CHECKING:
    from apps.catalogue.changes import Change

_CONNECTING = f"{BPMN}sequenceFlow"


def say_flow(
    segments: list[str], change: "Change", before: dict[str, Any], after: dict[str, Any]
) -> tuple[str, str, str]:
    if segments[-1] == "drawing":
        return _("Hình vẽ quy trình (các bước và trình tự không đổi theo hình vẽ)"), "", _("theo bản mới")
    if segments[-1] != "flow":
        return _("Quy trình giải quyết: tên gọi hoặc quy trình được gọi"), "", _("theo bản mới")
    called = segments[2] if segments[1] == "called" else None
    what = _("Trình tự giải quyết")
    if called:
        what = _("Trình tự giải quyết của phần được gọi")
    return what, _ways(_text(before, called)), _ways(_text(after, called))


def step_names(process: dict[str, Any]) -> dict[str, str]:
    """Id → name of every step, also of the processes that are called."""
    names: dict[str, str] = {}
    for text in (process.get("bpmn", ""), *(process.get("called") or {}).values()):
        for task in _root(text).iter(f"{BPMN}userTask"):
            names.setdefault(task.get("id", ""), task.get("name") or task.get("id", ""))
    return names


def _text(process: dict[str, Any], called: str | None) -> str:
    return str((process.get("called") or {}).get(called, "") if called else process.get("bpmn", ""))


def _root(text: str) -> etree._Element:
    try:
        return read_process(text)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return etree.Element("none")


def _ways(text: str) -> str:
    """``Tiếp nhận → Thẩm định; Thẩm định → Ký``: each way that leads from one named node to another."""
    root = _root(text)
    names = {node.get("id"): node.get("name") or "" for node in root.iter() if node.get("id")}
    ways = [
        f"{names.get(flow.get('sourceRef'), '')} → {names.get(flow.get('targetRef'), '')}"
        for flow in root.iter(_CONNECTING)
    ]
    return "; ".join(way for way in ways if way.strip(" →"))
