"""``manage.py flag list | set``: what is switched on where."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tenants.registry.enums import Ring
from tenants.registry.verbs import commander, told_in_a_sentence
from tenants.releases.flags import find_flag, list_flags
from tenants.releases.services import set_flag


class Command(BaseCommand):
    help = "Tính năng mở dần theo vòng hoặc theo bộ, tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="tính năng nào mở ở đâu")
        setting = actions.add_parser("set", help="khai hoặc đổi nơi mở; phần không nêu giữ nguyên")
        setting.add_argument("key", help="tên trong phần mềm, ví dụ ban-do-moi")
        setting.add_argument("--title", help="tên gọi, tiếng Việt")
        setting.add_argument(
            "--ring", dest="rings", action="append", choices=Ring.values, help="mở ở vòng này"
        )
        setting.add_argument(
            "--no-ring", dest="rings", action="store_const", const=[], help="không mở theo vòng"
        )
        setting.add_argument("--on", action="append", metavar="MÃ", help="mở riêng ở bộ, tỉnh này")
        setting.add_argument("--off", action="append", metavar="MÃ", help="tắt riêng ở bộ, tỉnh này")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_in_a_sentence():
            getattr(self, f"_{options['action']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        flags = list_flags()
        if not flags:
            self.stdout.write("Chưa có tính năng nào mở dần.")
        for flag in flags:
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
        flag = set_flag(key=options["key"], by=commander(), now=timezone.now(), **kept)
        self.stdout.write(f"{flag.key}: đã ghi.")
