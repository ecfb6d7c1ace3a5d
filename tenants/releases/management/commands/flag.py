"""``manage.py flag list | set``: what is switched on where."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.releases.flags import find_flag, list_flags
from tenants.releases.services import set_flag


class Command(BaseCommand):
    help = "Tính năng mở dần theo vòng hoặc theo bộ, tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="tính năng nào mở ở đâu")
        setting = actions.add_parser("set", help="khai hoặc đổi nơi mở; phần không nêu giữ nguyên")
        setting.add_argument("key")
        setting.add_argument("--title", help="tên gọi, tiếng Việt")
        setting.add_argument("--ring", dest="rings", action="append", choices=Ring.values)
        setting.add_argument(
            "--no-ring", dest="rings", action="store_const", const=[], help="không mở theo vòng"
        )
        setting.add_argument("--on", action="append", metavar="MÃ", help="mở riêng ở bộ, tỉnh này")
        setting.add_argument("--off", action="append", metavar="MÃ", help="tắt riêng ở bộ, tỉnh này")
        setting.add_argument("--by", default="Dòng lệnh", help="tên người thực hiện")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, options: dict[str, Any]) -> None:
        for flag in list_flags():
            places = [
                *flag.rings,
                *(f"+{one}" for one in flag.tenants_on),
                *(f"-{one}" for one in flag.tenants_off),
            ]
            self.stdout.write(f"{flag.key}  {' '.join(places) or 'tắt'}  {flag.title}")

    def _set(self, options: dict[str, Any]) -> None:
        known = find_flag(options["key"])
        asked = {
            "title": options["title"],
            "rings": options["rings"],
            "tenants_on": options["on"],
            "tenants_off": options["off"],
        }
        kept: dict[str, Any] = {
            name: value if value is not None else getattr(known, name, "" if name == "title" else [])
            for name, value in asked.items()
        }
        by = Actor(kind=ActorKind.OPERATOR, id=None, name=options["by"])
        flag = set_flag(key=options["key"], by=by, now=timezone.now(), **kept)
        self.stdout.write(f"{flag.key}: đã ghi.")
