"""manage.py catalogue import: a file of records into drafts."""

import csv
import json
from argparse import _SubParsersAction
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from apps.catalogue import services
from apps.catalogue.enums import FindingKind, SharedList
from apps.catalogue.formulas import safe_cell
from apps.catalogue.management.subcommands.runs import say_run
from apps.catalogue.models import ImportRun
from apps.catalogue.services.importing import ImportedRow
from apps.catalogue.source_reader import is_json
from kernel.actors import Actor

OUTCOMES = {
    "CREATED": "bản nháp mới",
    "UPDATED": "bản nháp được thay",
    "UNCHANGED": "không đổi",
    "KEPT": "giữ bản nháp soạn tay",
    "PROPOSED": "đã công bố: thay đổi chờ quyết định",
    "REFUSED": "thay đổi đã bị từ chối",
}


def declare(actions: "_SubParsersAction[Any]") -> None:
    reading = actions.add_parser(
        "import", help="nhập danh mục quốc gia (CSV) hoặc hồ sơ thủ tục đầy đủ (JSON), báo điểm cần xem"
    )
    reading.add_argument("path", type=Path)
    reading.add_argument("--report", choices=("text", "csv"), default="text", help="của hồ sơ đầy đủ")
    reading.add_argument(
        "--whole",
        action="store_true",
        help="tệp là toàn bộ danh mục: mục vắng là đã bãi bỏ, mã không có là không tồn tại",
    )
    reading.add_argument("--accept-all", action="store_true", help="nhận toàn bộ lần nhập đầu tiên")
    reading.add_argument("--again", action="store_true", help="đề nghị lại cả thay đổi đã bị từ chối")
    reading.add_argument(
        "--list", dest="key", choices=SharedList.values, help="tệp là một danh mục dùng chung (CSV)"
    )
    reading.add_argument("--owner", default="", help="cơ quan chủ quản của danh mục dùng chung, lần đầu")
    reading.add_argument("--source", default="", help="văn bản hoặc địa chỉ mà danh mục dùng chung lấy từ đó")
    reading.set_defaults(work=import_file)


def import_file(out: OutputWrapper, *, by: Actor, path: Path, report: str, **options: Any) -> None:
    if not path.is_file():
        raise CommandError(f"Không đọc được tệp {path}: không phải một tệp.")
    try:
        with path.open("rb") as stream:
            if is_json(stream):
                rows = _import_records(stream, path, by=by, **options)
                (_as_csv if report == "csv" else _as_text)(out, rows)
            else:
                say_run(out, _import_table(stream, path, by=by, **options).id)
    except OSError as error:
        raise CommandError(f"Không đọc được tệp {path}: {error.strerror}") from error


def _import_records(
    stream: BinaryIO, path: Path, *, by: Actor, again: bool, **of_tables: object
) -> list[ImportedRow]:
    if any(of_tables.values()):
        raise CommandError(
            "Tệp là JSON: --whole, --accept-all, --list, --owner, --source chỉ dùng cho tệp CSV."
        )
    return services.import_catalogue(
        stream=stream, file_name=path.name, again=again, by=by, now=timezone.now()
    )


def _import_table(
    stream: BinaryIO, path: Path, *, by: Actor, key: str | None, owner: str, source: str, **options: Any
) -> ImportRun:
    common: dict[str, Any] = {"stream": stream, "file_name": path.name, "by": by, "now": timezone.now()}
    if key is None:
        return services.import_list(**common, **options)
    return services.import_codes(key=key, owner=owner, source=source, **common, **options)


def _as_text(out: OutputWrapper, rows: list[ImportedRow]) -> None:
    for row in rows:
        out.write(f"{row.code}  {row.name[:90]}  [{OUTCOMES[row.outcome]}]")
        for finding in row.findings:
            seen = json.dumps(finding.seen, ensure_ascii=False)[:300] if finding.seen else ""
            out.write(f"    {finding.place}: {finding.kind.label}  {seen}".rstrip())
    kinds = Counter(finding.kind for row in rows for finding in row.findings)
    out.write(f"{len(rows)} thủ tục, {sum(kinds.values())} điểm phải có người xác nhận:")
    for kind in FindingKind:
        if kinds[kind]:
            out.write(f"  {kinds[kind]:5d}  {kind.label}")


def _as_csv(out: OutputWrapper, rows: list[ImportedRow]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("row", "code", "name", "outcome", "kind", "place", "what", "seen"))
    for row in rows:
        base = [row.index + 1, row.code, row.name, row.outcome]
        for finding in row.findings:
            seen = json.dumps(finding.seen, ensure_ascii=False)
            writer.writerow(
                [safe_cell(v) for v in (*base, finding.kind, finding.place, finding.kind.label, seen)]
            )
        if not row.findings:
            writer.writerow([safe_cell(value) for value in (*base, "", "", "", "")])
