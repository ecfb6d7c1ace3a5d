"""What the editor sends, read; and what was found in it, said with names instead of ids."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.workflow.bpmn.problem import Problem, problem
from apps.workflow.files import check_draft, with_steps
from apps.workflow.pictures import draw_all
from frontend.processes.sheet import Sheet, limits_of

_STEP_FIELD = re.compile(r"step\.([A-Za-z_][A-Za-z0-9_-]{0,79})\.([a-z]+)")
_LONGEST = 600_000


@dataclass(frozen=True, slots=True)
class Sent:
    """``key``: which of the processes was drawn. ``called``: those it stands among."""

    key: str
    text: str
    called: dict[str, str]

    @property
    def id(self) -> str:
        """The id that stands in the file; empty when it cannot be read."""
        drawn = draw_all(self.text)
        return drawn[0].graph.id if drawn else ""


def read_sent(request: HttpRequest, sheet: Sheet) -> Sent:
    text = request.POST.get("bpmn", "")[:_LONGEST]
    changes: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        if isinstance(value, str) and (match := _STEP_FIELD.fullmatch(name)):
            changes.setdefault(match[1], {})[match[2]] = value.strip()
    if changes:
        text = with_steps(text, changes)
    called = _read_called(request.POST.get("called", ""))
    return Sent(request.POST.get("process", "")[:80], text, sheet.called if called is None else called)


def _read_called(written: str) -> dict[str, str] | None:
    try:
        found = json.loads(written[: 4 * _LONGEST]) if written else None
    except ValueError:
        return None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        return None
    return {str(key): text for key, text in found.items()}


def problems_of(sheet: Sheet, sent: Sent) -> list[dict[str, str]]:
    """Of the whole: what was drawn together with the processes around it."""
    process = sheet.changed(sent.key, sent.text, sent.id, sent.called)
    errors, warnings = check_draft(process["bpmn"], process.get("called") or {}, sheet.limits)
    return [*said(errors, process, "error"), *said(warnings, process, "warning")]


def slow_words(content: Mapping[str, Any]) -> list[str]:
    """Where the steps of a whole content surely take longer than its limits; nothing of one that is not sound."""
    process = content["process"]
    _errors, warnings = check_draft(process["bpmn"], process.get("called") or {}, limits_of(content))
    return [each["sentence"] for each in said(warnings, process, "warning")]


def said(problems: Iterable[Problem], process: dict[str, Any], level: str) -> list[dict[str, str]]:
    """A person knows a step by its name, not by its id."""
    names = names_of(process)
    return [
        {
            "element": each.element,
            "code": each.code,
            "level": level,
            "sentence": _named(each.sentence, names),
        }
        for each in problems
    ]


def names_of(process: dict[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for drawn in draw_all(process["bpmn"], process.get("called")):
        graph = drawn.graph
        names |= {node.id: node.step.name if node.step else node.name for node in graph.nodes.values()}
        for flow in graph.flows:
            ends = [names.get(end) or end for end in (flow.source, flow.target)]
            names[flow.id] = flow.name or " → ".join(ends)
        names[graph.id] = graph.name
    return {key: name or _("chưa đặt tên") for key, name in names.items()}


def _named(sentence: str, names: dict[str, str]) -> str:
    plain = re.sub(r" \(mc:[a-z]+\)", "", sentence)
    return re.sub(r"“([^”]+)”", lambda match: f"“{names.get(match[1], match[1])}”", plain)


def unreadable() -> list[dict[str, str]]:
    return said([problem("xml.unreadable", line=1)], {"bpmn": ""}, "error")


def refused_words(count: int) -> str:
    return _("Chưa lưu: tệp có {count} lỗi không thể giữ làm bản nháp.").format(count=count)
