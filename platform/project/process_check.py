"""The catalogue asks whether a process can run; apps.workflow, which it does not know, answers."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.catalogue.content import Problem
from apps.workflow.validation import read_all


def check_process(process: dict[str, Any]) -> Iterator[Problem]:
    """For apps.catalogue.process_check: every problem of the BPMN and of what it calls, by element."""
    graphs, problems = read_all(process["bpmn"], process.get("called"))
    for problem in problems:
        place = f"process.{problem.element}" if problem.element else "process"
        yield Problem(place, problem.code, problem.sentence)
    if graphs and graphs[0].id != process["id"]:
        yield Problem(
            "process.id",
            "content.process_id_differs",
            _("quy trình mang mã {found}, khác mã đã khai").format(found=graphs[0].id),
        )
