"""``manage.py release draft``: what the platform gives to every tenant, and how far it has come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenants.releases.drafting import draft_newest


class Command(BaseCommand):
    help = "Bản phát hành cho mọi bộ, tỉnh."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        sub.add_parser("draft", help="ghi migration cuối của từng ứng dụng vào tệp mô tả mới nhất")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _draft(self, options: dict[str, Any]) -> None:
        changed = draft_newest()
        self.stdout.write(f"Đã ghi: {', '.join(changed)}." if changed else "Không có gì thay đổi.")
