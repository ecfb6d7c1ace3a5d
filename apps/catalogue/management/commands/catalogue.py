"""manage.py catalogue import | list | findings | confirm | publish | offer | load-national"""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.enums import FindingKind, VersionState
from apps.catalogue.errors import ImportRefused
from apps.catalogue.services.importing import ImportedRow
from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from tenants.registry.context import central_context
from tenants.registry.enums import Ring

OUTCOMES = {
    "CREATED": "bản nháp mới",
    "UPDATED": "bản nháp được thay",
    "UNCHANGED": "không đổi",
    "KEPT": "giữ bản nháp soạn tay",
    "PUBLISHED": "đã công bố",
    "DRAFT_OPEN": "đang có bản nháp, chưa công bố",
}
_PAGE = 200
_RINGS: dict[str, Any] = {"dest": "rings", "action": "append", "choices": Ring.values}


class Command(BaseCommand):
    help = "Danh mục thủ tục hành chính quốc gia: nhập, liệt kê, xác nhận, công bố"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        reading = actions.add_parser("import", help="nhập tệp thủ tục thành bản nháp, báo điểm cần xác nhận")
        reading.add_argument("path", type=Path)
        reading.add_argument("--report", choices=("text", "csv"), default="text")
        listing = actions.add_parser("list", help="liệt kê thủ tục và phiên bản")
        listing.add_argument("--search", default="")
        findings = actions.add_parser("findings", help="điểm còn phải xác nhận của bản nháp")
        findings.add_argument("code")
        confirming = actions.add_parser("confirm", help="xác nhận một điểm")
        confirming.add_argument("finding", type=int)
        confirming.add_argument("--note", default="")
        confirming.add_argument("--limit", type=json.loads, help="thời hạn đã xác nhận, JSON")
        publishing = actions.add_parser("publish", help="công bố bản nháp của một thủ tục")
        publishing.add_argument("code")
        publishing.add_argument("--from", dest="effective_from", type=date.fromisoformat)
        publishing.add_argument("--decision", default="", help="văn bản công bố")
        publishing.add_argument("--ring", **_RINGS, help="mở cho vòng nào; mặc định chỉ vòng thí điểm")
        offering = actions.add_parser(
            "offer", help="mở bản đã công bố mới nhất của một thủ tục cho vòng kế tiếp"
        )
        offering.add_argument("code")
        offering.add_argument("--ring", **_RINGS, required=True)
        loading = actions.add_parser("load-national", help="nạp và công bố các biểu mẫu quốc gia đi kèm")
        loading.add_argument("--ring", **_RINGS, help="mở cho vòng nào; mặc định mọi vòng")
        for action in actions.choices.values():
            action.add_argument("--by", default="Dòng lệnh", help="tên người thực hiện")

    def handle(self, *args: Any, **options: Any) -> None:
        options["by"] = Actor(kind=ActorKind.OPERATOR, id=None, name=options["by"])
        work = getattr(self, f"_{options['action'].replace('-', '_')}")
        try:
            with central_context():
                work(**options)
        except ImportRefused as refusal:
            for problem in refusal.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"Tệp không dùng được, chưa nhập gì: {len(refusal.problems)} lỗi."
            ) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, *, by: Actor, path: Path, report: str, **_: Any) -> None:
        try:
            with path.open("rb") as stream:
                rows = services.import_catalogue(stream=stream, by=by, now=timezone.now())
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}") from error
        if report == "csv":
            self._as_csv(rows)
        else:
            self._as_text(rows)

    def _as_text(self, rows: list[ImportedRow]) -> None:
        for row in rows:
            self.stdout.write(f"{row.code}  {row.name[:90]}  [{OUTCOMES[row.outcome]}]")
            for finding in row.findings:
                seen = json.dumps(finding.seen, ensure_ascii=False)[:300] if finding.seen else ""
                self.stdout.write(f"    {finding.place}: {finding.kind.label}  {seen}".rstrip())
        kinds = Counter(finding.kind for row in rows for finding in row.findings)
        self.stdout.write(f"{len(rows)} thủ tục, {sum(kinds.values())} điểm phải có người xác nhận:")
        for kind in FindingKind:
            if kinds[kind]:
                self.stdout.write(f"  {kinds[kind]:5d}  {kind.label}")

    def _as_csv(self, rows: list[ImportedRow]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(("row", "code", "name", "outcome", "kind", "place", "what", "seen"))
        for row in rows:
            base = [row.index + 1, row.code, row.name, row.outcome]
            for finding in row.findings:
                seen = json.dumps(finding.seen, ensure_ascii=False)
                writer.writerow(
                    [_plain(v) for v in (*base, finding.kind, finding.place, finding.kind.label, seen)]
                )
            if not row.findings:
                writer.writerow([_plain(value) for value in (*base, "", "", "", "")])

    def _list(self, *, search: str, **_: Any) -> None:
        after = ""
        while page := selectors.list_templates(q=search, after_code=after, limit=_PAGE):
            for template in page:
                self.stdout.write(f"{template.code}  {template.name[:100]}")
                for version in template.versions:
                    since = version.effective_from.strftime("%d/%m/%Y") if version.effective_from else "-"
                    self.stdout.write(
                        f"    {version.number}  {VersionState(version.state).label}  hiệu lực {since}"
                        f"  cần xác nhận: {version.open_findings}"
                    )
            after = page[-1].code

    def _findings(self, *, code: str, **_: Any) -> None:
        for finding in selectors.list_findings(_draft_id(code), only_open=True):
            label = FindingKind(finding.kind).label
            self.stdout.write(
                f"{finding.id}  {finding.place}: {label}  {json.dumps(finding.seen, ensure_ascii=False)}"
            )

    def _confirm(self, *, by: Actor, finding: int, note: str, limit: dict[str, Any] | None, **_: Any) -> None:
        services.confirm_finding(finding_id=finding, note=note, limit=limit, by=by, now=timezone.now())
        self.stdout.write("Đã xác nhận.")

    def _publish(
        self,
        *,
        by: Actor,
        code: str,
        effective_from: date | None,
        decision: str,
        rings: list[str] | None,
        **_: Any,
    ) -> None:
        version = services.publish(
            version_id=_draft_id(code),
            effective_from=effective_from or timezone.localdate(),
            legal_basis=decision,
            by=by,
            now=timezone.now(),
            rings=rings or services.PILOTS,
        )
        self.stdout.write(f"Đã công bố phiên bản {version.number} của thủ tục {code}.")

    def _offer(self, *, by: Actor, code: str, rings: list[str], **_: Any) -> None:
        newest = selectors.find_newest_published(code)
        if newest is None:
            raise CommandError(f"Thủ tục {code} không có bản nào đã công bố.")
        opened = services.offer_version(version=newest.public_id, rings=rings, by=by, now=timezone.now())
        where = ", ".join(str(Ring(ring).label) for ring in opened)
        self.stdout.write(f"Bản {newest.number} của thủ tục {code} mở thêm cho: {where or 'không vòng nào'}.")

    def _load_national(self, *, by: Actor, rings: list[str] | None, **_: Any) -> None:
        loaded = services.load_national(by=by, now=timezone.now(), rings=rings or services.EVERY_RING)
        for code, outcome in loaded:
            self.stdout.write(f"{code}  {OUTCOMES[outcome]}")


def _plain(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is made text."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else value


def _draft_id(code: str) -> int:
    template = selectors.get_template(code)
    if template is None:
        raise CommandError(f"Không có thủ tục mang mã {code} trong danh mục quốc gia.")
    for version in template.versions:
        if version.state == VersionState.DRAFT:
            return version.id
    raise CommandError(f"Thủ tục {code} không có bản nháp nào.")
