"""``manage.py flag list | set | drop``: what is switched on where."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tenants.registry.enums import Ring
from tenants.registry.verbs import LightCommand, commander, told_in_a_sentence
from tenants.releases.flags import find_flag, list_flags
from tenants.releases.known_flags import list_known_flags
from tenants.releases.models import FeatureFlag
from tenants.releases.services import drop_flag, set_flag


class Command(LightCommand):
    help = "Tính năng mở dần theo vòng hoặc theo bộ, tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="tính năng nào mở ở đâu")
        setting = actions.add_parser("set", help="đặt hoặc đổi nơi mở; phần không nêu giữ nguyên")
        setting.add_argument("key", help="tên trong phần mềm, như trong danh sách")
        setting.add_argument("--title", help="tên gọi khác, tiếng Việt")
        setting.add_argument(
            "--ring", dest="rings", action="append", choices=Ring.values, help="mở ở vòng này"
        )
        setting.add_argument(
            "--no-ring", dest="rings", action="store_const", const=[], help="không mở theo vòng"
        )
        setting.add_argument("--on", action="append", metavar="MÃ", help="mở riêng ở bộ, tỉnh này")
        setting.add_argument("--off", action="append", metavar="MÃ", help="tắt riêng ở bộ, tỉnh này")
        dropping = actions.add_parser("drop", help="xóa điều đã đặt của tính năng không còn trong phần mềm")
        dropping.add_argument("key", help="tên của tính năng không còn, như trong danh sách")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_in_a_sentence():
            getattr(self, f"_{options['action']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        """All that the code has, set or not; then what is still kept of those that it has no more."""
        flags = {flag.key: flag for flag in list_flags()}
        for known in list_known_flags():
            flag = flags.pop(known.key, None)
            places = _places(flag) if flag else ("chưa đặt: mở" if known.on_until_set else "chưa đặt: tắt")
            title = flag.title if flag else known.title
            self.stdout.write(f"{known.key}  {places}  {title}  (từ bản {known.since})")
        for key in flags:
            self.stdout.write(f"{key}  không còn trong phần mềm")

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

    def _drop(self, options: dict[str, Any]) -> None:
        drop_flag(key=options["key"], by=commander(), now=timezone.now())
        self.stdout.write(f"{options['key']}: đã xóa điều đã đặt.")


def _places(flag: FeatureFlag) -> str:
    named = [*(f"+{one}" for one in flag.tenants_on), *(f"-{one}" for one in flag.tenants_off)]
    return " ".join([*flag.rings, *named]) or "tắt"
