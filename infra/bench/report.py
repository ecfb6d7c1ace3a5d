"""The figures as a table for people and as JSON for programs."""

import json
from pathlib import Path
from typing import Any

from infra.bench.measurements import Measured

_HEAD = (
    "Việc", "p50 ms", "p95 ms", "CPU ms", "SQL", "trần p50", "trần p95", "trần CPU", "SQL", "tỷ lệ", "mục tiêu", "đạt",
)  # fmt: skip


def write(path: Path, server: dict[str, Any], measured: list[Measured]) -> None:
    rows = {
        one.key: {
            "title": one.title,
            "ours": one.ours.as_json(),
            "ceiling": one.ceiling.as_json() if one.ceiling else None,
            "ratio": round(one.ratio, 3) if one.ratio else None,
            "target": {
                "ratio": one.target.ratio, "p95_ms": one.target.p95_ms, "sql_statements": one.target.statements,
            },
            "missed": one.misses(),
            "statements": list(one.statements),
        }
        for one in measured
    }  # fmt: skip
    path.write_text(json.dumps({"server": server, "measured": rows}, ensure_ascii=False, indent=1))


def table(server: dict[str, Any], measured: list[Measured]) -> str:
    lines = [_HEAD, *(_row(one) for one in measured)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    settings = server["postgresql"]
    rows = ", ".join(f"{code} {count:,}".replace(",", ".") for code, count in server["dossiers"].items())
    notes = [
        "",
        f"PostgreSQL {settings['server_version']}, fsync {settings['fsync']}, synchronous_commit "
        f"{settings['synchronous_commit']}; {server['cores']} lõi; hồ sơ: {rows}.",
        "Tỷ lệ = trung vị của trần / trung vị của ta. Trần: infra/bench/ceiling.py, cùng các dòng dữ liệu.",
        "SQL: mọi câu Django gửi đi, kể cả câu đặt search_path và vai trò, SAVEPOINT; không kể BEGIN, COMMIT.",
        "Cả hai bên trả kết nối về bể sau mỗi yêu cầu, như dưới gunicorn.",
    ]
    missed = [f"{one.title}: {', '.join(one.misses())}" for one in measured if one.misses()]
    notes += ["", "Chưa đạt:", *(f"  ✗ {line}" for line in missed)] if missed else ["", "Đạt mọi mục tiêu."]
    return "\n".join([*drawn, *notes])


def _row(one: Measured) -> tuple[str, ...]:
    target = [
        f"≥ {one.target.ratio}" if one.target.ratio else "",
        f"p95 ≤ {one.target.p95_ms:.0f}" if one.target.p95_ms else "",
        f"SQL ≤ {one.target.statements}" if one.target.statements else "",
    ]
    top = one.ceiling
    ceiling = (
        (f"{top.median:.2f}", f"{top.p95:.2f}", f"{top.cpu:.2f}", str(top.statements)) if top else ("–",) * 4
    )
    return (
        one.title, f"{one.ours.median:.2f}", f"{one.ours.p95:.2f}", f"{one.ours.cpu:.2f}", str(one.ours.statements),
        *ceiling, f"{one.ratio:.2f}" if one.ratio else "–", ", ".join(part for part in target if part),
        "✗" if one.misses() else ("✓" if any(target) else "–"),
    )  # fmt: skip
