"""A stated load, tried out on a process before it is published: who becomes the bottleneck, in words and figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.accounts.enums import Duty
from apps.workflow.bpmn.graph import Graph, NodeKind
from apps.workflow.enums import UnitRole
from apps.workflow.files import Limit
from apps.workflow.simulation.load import Load, Outcome, Pool, PoolFigures, Spread
from apps.workflow.simulation.running import NeverEnds
from apps.workflow.simulation.running import simulate as run
from apps.workflow.validation import read_all
from frontend.problems import Problems
from frontend.processes.sheet import Sheet

_MOST_DOSSIERS = 5_000


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a choice, and how often it is taken of a hundred times."""

    field: str
    flow: str
    gate: str
    words: str


def simulate(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The form, and below it the result once it was sent. Asks nothing of the database."""
    graphs, faults = read_all(sheet.process["bpmn"], sheet.called)
    context: dict[str, Any] = {
        "sheet": sheet,
        "frame": sheet.frame,
        "spreads": _spreads(),
        "problems": Problems(),
    }
    if faults:
        context |= {"faults": [fault.sentence for fault in faults], "outcome": None}
        return render(request, "processes/simulation.html", context)
    pools, ways = pools_of(graphs), ways_of(graphs)
    values = _first_values(pools, ways, graphs) | {key: str(value) for key, value in request.GET.items()}
    problems = Problems()
    load = _read_load(values, pools, ways, sheet.limits, problems)
    context |= {
        "faults": [],
        "pools": [(_people_field(number), say_pool(pool)) for number, pool in enumerate(pools)],
        "gates": _by_gate(ways),
        "cases": [(str(number), f"{limit.case}: {limit.words}") for number, limit in enumerate(sheet.limits)],
        "values": values,
        "problems": problems,
    }
    context |= _result(graphs, load, problems) if request.GET and not problems else {"outcome": None}
    return render(request, "processes/simulation.html", context, status=422 if problems else 200)


def _spreads() -> list[tuple[str, str]]:
    return [
        (Spread.EXPONENTIAL.value, _("chênh nhau nhiều (phân bố mũ)")),
        (Spread.UNIFORM.value, _("chênh nhau vừa (từ một nửa đến gấp rưỡi)")),
        (Spread.CONSTANT.value, _("như nhau")),
    ]


def pools_of(graphs: list[Graph]) -> list[Pool]:
    return list(dict.fromkeys((step.duty, step.unit) for graph in graphs for step in graph.steps))


def ways_of(graphs: list[Graph]) -> list[Way]:
    found = []
    for graph in graphs:
        for gate in graph.of_kind(NodeKind.EXCLUSIVE):
            flows = graph.out(gate.id)
            for flow in flows if len(flows) > 1 else []:
                target = graph.nodes[flow.target]
                words = flow.name or (target.step.name if target.step else target.name) or flow.target
                found.append(Way(f"way.{flow.id}", flow.id, gate.name or gate.id, words))
    return found


def say_pool(pool: Pool) -> str:
    duty, unit = pool
    place = str(UnitRole(unit).label) if unit in UnitRole.values else unit
    return f"{Duty(duty).label}, {place}"


def _people_field(number: int) -> str:
    return f"people.{number}"


def _by_gate(ways: list[Way]) -> list[tuple[str, list[Way]]]:
    found: dict[str, list[Way]] = {}
    for way in ways:
        found.setdefault(way.gate, []).append(way)
    return list(found.items())


def _first_values(pools: list[Pool], ways: list[Way], graphs: list[Graph]) -> dict[str, str]:
    """At a choice all ways alike, until somebody knows better."""
    per_gate: dict[str, int] = {}
    for way in ways:
        per_gate[way.gate] = per_gate.get(way.gate, 0) + 1
    return {
        "arrivals": "5",
        "dossiers": "500",
        "hours": "8",
        "share": "50",
        "spread": Spread.EXPONENTIAL.value,
        "case": "0",
        "seed": "1",
        **{_people_field(number): "1" for number, _pool in enumerate(pools)},
        **{way.field: f"{100 / per_gate[way.gate]:.4g}" for way in ways},
    }


def _read_load(
    values: Mapping[str, str],
    pools: list[Pool],
    ways: list[Way],
    limits: tuple[Limit, ...],
    problems: Problems,
) -> Load:
    def number(name: str, least: float, most: float) -> float:
        try:
            found = float(values[name].strip().replace(",", "."))
        except ValueError:
            found = float("nan")
        if not least <= found <= most:
            problems.add(
                name, _("Hãy nhập một số từ {least} đến {most}.").format(least=f"{least:g}", most=f"{most:g}")
            )
            return least
        return found

    hours = number("hours", 1, 24)
    case = values["case"]
    limit = limits[int(case)] if case.isdigit() and int(case) < len(limits) else None
    spread = values["spread"] if values["spread"] in set(Spread) else Spread.EXPONENTIAL
    return Load(
        arrivals=number("arrivals", 0.01, 2_000),
        dossiers=int(number("dossiers", 10, _MOST_DOSSIERS)),
        share=number("share", 1, 300) / 100,
        day_minutes=int(hours * 60),
        spread=Spread(spread),
        people={pool: int(number(_people_field(n), 1, 500)) for n, pool in enumerate(pools)},
        chances={way.flow: number(way.field, 0, 100) for way in ways},
        limit_minutes=working_minutes(limit, hours * 60) if limit else 0,
        seed=int(number("seed", 0, 1_000_000)),
    )


def working_minutes(limit: Limit, day_minutes: float) -> float:
    """About how much working time lies within a legal limit: five days of seven, 22 of a month."""
    if limit.unit == "HOUR":
        return limit.amount * 60
    days = {"WORKING_DAY": 1.0, "DAY": 5 / 7, "MONTH": 22.0}[limit.unit]
    return limit.amount * days * day_minutes


def _result(graphs: list[Graph], load: Load, problems: Problems) -> dict[str, Any]:
    try:
        outcome = run(graphs, load)
    except NeverEnds:
        problems.add(
            "", _("Với tỷ lệ rẽ nhánh này hồ sơ quay lại mãi mà không kết thúc. Hãy giảm tỷ lệ quay lại.")
        )
        return {"outcome": None}
    narrow = outcome.bottleneck
    helped = run(graphs, _with_one_more(load, narrow)) if narrow else None
    return {
        "outcome": outcome,
        "verdict": say_bottleneck(outcome, narrow, load) if narrow else "",
        "helped": _say_helped(outcome, helped, narrow, load) if narrow and helped else "",
        "mean_time": say_minutes(outcome.mean_time, load),
        "late_time": say_minutes(outcome.late_time, load),
        "late_share": "" if outcome.late_share is None else f"{outcome.late_share:.1%}".replace(".", ","),
        "duration": say_minutes(outcome.minutes, load),
        "step_rows": [_step_row(step, load) for step in outcome.steps],
        "pool_rows": [_pool_row(pool, load, pool == narrow) for pool in outcome.pools],
    }


def _with_one_more(load: Load, narrow: PoolFigures) -> Load:
    return replace(load, people={**load.people, narrow.pool: narrow.people + 1})


def say_bottleneck(outcome: Outcome, narrow: PoolFigures, load: Load) -> str:
    who = say_pool(narrow.pool)
    if narrow.offered >= 1:
        return _(
            "Nút thắt: {who} ({people} người). Việc đến bằng {offered} sức làm: hàng chờ dài mãi ra, "
            "có lúc {most} hồ sơ cùng chờ."
        ).format(who=who, people=narrow.people, offered=_percent(narrow.offered), most=narrow.most_waiting)
    if narrow.offered >= 0.8:
        return _(
            "Nút thắt: {who} ({people} người), bận {busy} thời gian; mỗi việc chờ trung bình {wait}."
        ).format(
            who=who,
            people=narrow.people,
            busy=_percent(narrow.busy),
            wait=say_minutes(narrow.mean_wait, load),
        )
    return _("Chưa có nút thắt: nơi bận nhất là {who} ({people} người), bận {busy} thời gian.").format(
        who=who, people=narrow.people, busy=_percent(narrow.busy)
    )


def _say_helped(outcome: Outcome, helped: Outcome, narrow: PoolFigures, load: Load) -> str:
    words = _("Thêm một người ở đó: thời gian giải quyết trung bình từ {before} còn {after}").format(
        before=say_minutes(outcome.mean_time, load), after=say_minutes(helped.mean_time, load)
    )
    if outcome.late_share is not None and helped.late_share is not None:
        words += _(", tỷ lệ trễ hạn từ {before} còn {after}").format(
            before=_percent(outcome.late_share), after=_percent(helped.late_share)
        )
    return words + "."


def say_minutes(minutes: float, load: Load) -> str:
    """In the unit that a person would choose: ``3,2 ngày làm việc``, ``2,5 giờ``, ``12 phút``."""
    if minutes >= load.day_minutes:
        return _("{amount} ngày làm việc").format(
            amount=f"{minutes / load.day_minutes:.1f}".replace(".", ",")
        )
    if minutes >= 60:
        return _("{amount} giờ").format(amount=f"{minutes / 60:.1f}".replace(".", ","))
    return _("{amount} phút").format(amount=f"{minutes:.0f}")


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _step_row(step: Any, load: Load) -> dict[str, Any]:
    return {
        "name": step.name,
        "pool": say_pool(step.pool),
        "times": step.times,
        "mean": say_minutes(step.mean_wait, load),
        "late": say_minutes(step.late_wait, load),
        "work": say_minutes(step.mean_work, load),
    }


def _pool_row(pool: PoolFigures, load: Load, narrow: bool) -> dict[str, Any]:
    return {
        "name": say_pool(pool.pool),
        "people": pool.people,
        "busy": _percent(pool.busy),
        "offered": _percent(pool.offered),
        "wait": say_minutes(pool.mean_wait, load),
        "most": pool.most_waiting,
        "narrow": narrow,
        "tone": "late" if pool.offered >= 1 else "near" if pool.offered >= 0.8 else "done",
    }
