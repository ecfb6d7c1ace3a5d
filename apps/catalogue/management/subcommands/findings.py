"""manage.py catalogue findings | confirm: what a person must look at."""

import json
from argparse import _SubParsersAction
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.enums import FindingKind
from apps.catalogue.management.subcommands.drafts import draft_id
from kernel.actors import Actor


def declare(actions: "_SubParsersAction[Any]") -> None:
    findings = actions.add_parser("findings", help="điểm còn phải xác nhận của bản nháp")
    findings.add_argument("code")
    findings.set_defaults(work=list_findings)
    confirming = actions.add_parser("confirm", help="xác nhận một điểm")
    confirming.add_argument("finding", type=int)
    confirming.add_argument("--note", default="")
    confirming.add_argument("--limit", type=json.loads, help="thời hạn đã xác nhận, JSON")
    confirming.set_defaults(work=confirm)


def list_findings(out: OutputWrapper, *, by: Actor, code: str) -> None:
    for finding in selectors.list_findings(draft_id(code), only_open=True):
        label = FindingKind(finding.kind).label
        out.write(f"{finding.id}  {finding.place}: {label}  {json.dumps(finding.seen, ensure_ascii=False)}")


def confirm(out: OutputWrapper, *, by: Actor, finding: int, note: str, limit: dict[str, Any] | None) -> None:
    services.confirm_finding(finding_id=finding, note=note, limit=limit, by=by, now=timezone.now())
    out.write("Đã xác nhận.")
