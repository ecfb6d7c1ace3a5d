"""Keep a process, once."""

import hashlib
import json
from collections.abc import Mapping

from apps.workflow.engine.spec import build_spec
from apps.workflow.errors import ProcessInvalid
from apps.workflow.models import ProcessDefinition
from apps.workflow.selectors import ProcessRef
from apps.workflow.validation import read_all


def register_process(*, bpmn: str, called: Mapping[str, str] | None = None) -> ProcessRef:
    """Check it and keep it, or hand back the row that is there. ``called``: process id → BPMN.

    The same content is the same row for ever, so it needs no actor and no
    moment; who adopted it and when stands where it is adopted. Raises
    ProcessInvalid, with every problem.
    """
    called = dict(called or {})
    sha256 = hashlib.sha256(json.dumps([bpmn, sorted(called.items())]).encode()).hexdigest()
    found = _find(sha256)
    if found is not None:
        return found
    graphs, problems = read_all(bpmn, called)
    if problems:
        raise ProcessInvalid(problems=problems)
    row = ProcessDefinition(
        sha256=sha256,
        key=graphs[0].id,
        name=graphs[0].name,
        bpmn=bpmn,
        called=called,
        spec=build_spec(bpmn, called, graphs),
    )
    # Two at once: the second finds the first one's row instead of breaking its transaction.
    ProcessDefinition.objects.bulk_create([row], ignore_conflicts=True)
    kept = _find(sha256)
    assert kept is not None  # noqa: S101 - it was inserted or was there, and rows are never deleted
    return kept


def _find(sha256: str) -> ProcessRef | None:
    row = ProcessDefinition.objects.filter(sha256=sha256).values("id", "key", "sha256").first()
    return ProcessRef(**row) if row else None
