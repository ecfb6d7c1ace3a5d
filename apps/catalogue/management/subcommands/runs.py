"""manage.py catalogue runs | changes | accept | reject: what imports propose, and a steward's word about it."""

from argparse import ArgumentParser, _SubParsersAction
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.enums import ChangeKind, ChangeState, FindingKind
from apps.catalogue.services import Rule
from kernel.actors import Actor

_PAGE = 500


def declare(actions: "_SubParsersAction[Any]") -> None:
    runs = actions.add_parser("runs", help="các lần nhập, mới nhất trước")
    runs.set_defaults(work=list_runs)
    changes = actions.add_parser("changes", help="thay đổi của một lần nhập, từng mục trước và sau")
    changes.add_argument("run", type=int)
    changes.add_argument("--state", choices=ChangeState.values, default=ChangeState.PROPOSED.value)
    _add_rule(changes)
    changes.set_defaults(work=list_changes)
    accepting = actions.add_parser(
        "accept", help="nhận thay đổi: một (--change) hoặc mọi thay đổi hợp quy tắc"
    )
    accepting.add_argument("run", type=int)
    accepting.add_argument("--change", type=int, help="chỉ thay đổi này")
    _add_rule(accepting)
    accepting.set_defaults(work=accept)
    rejecting = actions.add_parser("reject", help="từ chối thay đổi, có lý do")
    rejecting.add_argument("run", type=int)
    rejecting.add_argument("--change", type=int, help="chỉ thay đổi này")
    rejecting.add_argument("--reason", required=True)
    _add_rule(rejecting)
    rejecting.set_defaults(work=reject)


def _add_rule(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", choices=ChangeKind.values, default="")
    parser.add_argument("--only-field", default="", help="chỉ mục này thay đổi, ví dụ executing")
    parser.add_argument("--promulgator", default="", help="của cơ quan công bố này")


def say_run(out: OutputWrapper, run_id: int) -> None:
    """What a run found and what waits: for the one who has just imported."""
    run = selectors.get_run(run_id)
    out.write(f"Lần nhập {run.id}: {run.rows} dòng, {run.unchanged} không đổi.")
    for kind, state, count in run.counts:
        out.write(f"  {count:5d}  {ChangeKind(kind).label}: {ChangeState(state).label}")
    if run.held:
        out.write(f"  {run.held:5d}  mã bị giữ lại vì hai dòng khác nhau cùng nhận")
    if run.refused_before:
        out.write(f"  {run.refused_before:5d}  thay đổi đã từ chối trước đây, không đề nghị lại")
    if run.unchecked_words:
        out.write(run.unchecked_words)
    kinds = selectors.count_findings(scope=run.scope)
    out.write(f"{sum(kinds.values())} điểm còn phải xem:")
    for found, count in kinds.items():
        out.write(f"  {count:5d}  {FindingKind(found).label}")


def list_runs(out: OutputWrapper, *, by: Actor) -> None:
    for run in selectors.list_runs(limit=50):
        at = timezone.localtime(run.at).strftime("%d/%m/%Y %H:%M")
        out.write(f"{run.id}  {at}  {run.scope}  {run.file_name}  chờ: {run.waiting}  {run.by_name}")


def list_changes(
    out: OutputWrapper, *, by: Actor, run: int, state: str, kind: str, only_field: str, promulgator: str
) -> None:
    rule, after = Rule(kind=kind, only_field=only_field, promulgator=promulgator), 0
    while page := selectors.list_changes(run_id=run, state=state, rule=rule, after=after, limit=_PAGE):
        for change in page:
            out.write(f"{change.id}  {ChangeKind(change.kind).label}  {change.code}  {change.name[:90]}")
            for name in change.fields:
                out.write(
                    f"    {name}: {(change.before or {}).get(name)!r} → {(change.after or {}).get(name)!r}"
                )
        after = page[-1].id


def accept(
    out: OutputWrapper,
    *,
    by: Actor,
    run: int,
    change: int | None,
    kind: str,
    only_field: str,
    promulgator: str,
) -> None:
    now = timezone.now()
    if change is not None:
        services.accept_change(change_id=change, by=by, now=now)
        out.write("Đã nhận 1 thay đổi.")
        return
    rule = Rule(kind=kind, only_field=only_field, promulgator=promulgator)
    decided = services.accept_changes(run_id=run, rule=rule, by=by, now=now)
    out.write(f"Đã nhận {decided.done} thay đổi.")
    if decided.stale or decided.blocked:
        for code in decided.stale:
            out.write(f"  {code}: dữ liệu đã khác với lúc so sánh")
        for code in decided.blocked:
            out.write(f"  {code}: còn bị chặn")
        raise CommandError(f"{len(decided.stale) + len(decided.blocked)} thay đổi chưa nhận được.")


def reject(
    out: OutputWrapper,
    *,
    by: Actor,
    run: int,
    change: int | None,
    reason: str,
    kind: str,
    only_field: str,
    promulgator: str,
) -> None:
    now = timezone.now()
    if change is not None:
        services.reject_change(change_id=change, reason=reason, by=by, now=now)
        out.write("Đã từ chối 1 thay đổi.")
        return
    rule = Rule(kind=kind, only_field=only_field, promulgator=promulgator)
    decided = services.reject_changes(run_id=run, rule=rule, reason=reason, by=by, now=now)
    out.write(f"Đã từ chối {decided.done} thay đổi.")
