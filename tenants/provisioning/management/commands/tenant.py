"""``manage.py tenant create | list``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kernel.errors import DomainError, Refusals
from tenants.provisioning.services import create_tenant
from tenants.registry.selectors import get_primary_host, list_tenants


class Command(BaseCommand):
    help = "Bộ, tỉnh dùng chung nền tảng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        create = sub.add_parser("create", help="tạo một bộ hoặc tỉnh")
        create.add_argument("--code", required=True, help="mã định danh, ví dụ H21")
        create.add_argument("--name", required=True, help="tên đầy đủ")
        create.add_argument("--kind", required=True, help="PROVINCE hoặc MINISTRY")
        create.add_argument("--host", required=True, help="tên máy chủ")
        sub.add_parser("list", help="liệt kê")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _create(self, options: dict[str, Any]) -> None:
        try:
            tenant = create_tenant(
                code=options["code"],
                name=options["name"],
                kind=options["kind"],
                host=options["host"],
                now=timezone.now(),
            )
        except Refusals as several:
            raise CommandError("\n".join(f"[{one.code}] {one}" for one in several.refusals)) from several
        except DomainError as refusal:
            raise CommandError(f"[{refusal.code}] {refusal}") from refusal
        self.stdout.write(f"Đã tạo {tenant.code} {tenant.name}: {options['host']}")

    def _list(self, options: dict[str, Any]) -> None:
        for tenant in list_tenants():
            self.stdout.write(f"{tenant.code}\t{tenant.state}\t{get_primary_host(tenant)}\t{tenant.name}")
