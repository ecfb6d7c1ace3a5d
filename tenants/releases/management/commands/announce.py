"""``manage.py announce make | list | withdraw``: a word of the centre to the people of some tenants."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tenants.registry.enums import Ring
from tenants.registry.verbs import LightCommand, commander, told_in_a_sentence
from tenants.releases.announcements import list_announcements
from tenants.releases.enums import Audience
from tenants.releases.services import announce, withdraw


class Command(LightCommand):
    help = "Thông báo của trung ương trên các trang của bộ, tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        making = actions.add_parser("make", help="cho hiện một thông báo từ bây giờ")
        making.add_argument("title", help="tiêu đề")
        making.add_argument("--body", default="", help="nội dung")
        making.add_argument(
            "--to", dest="audience", action="append", choices=Audience.values, help="ai đọc; mặc định STAFF"
        )
        making.add_argument(
            "--ring",
            dest="rings",
            action="append",
            choices=Ring.values,
            default=[],
            help="ở vòng này; không nêu vòng, không nêu mã: mọi nơi",
        )
        making.add_argument(
            "--tenant", dest="tenants", action="append", metavar="MÃ", default=[], help="ở bộ, tỉnh này"
        )
        making.add_argument("--hours", type=float, default=24.0, help="hiện trong bao nhiêu giờ")
        actions.add_parser("list", help="50 thông báo mới nhất")
        taking = actions.add_parser("withdraw", help="gỡ một thông báo")
        taking.add_argument("id", type=int, help="số của thông báo")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_in_a_sentence():
            getattr(self, f"_{options['action']}")(options)

    def _make(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        made = announce(
            title=options["title"],
            body=options["body"],
            audience=options["audience"] or [Audience.STAFF],
            rings=options["rings"],
            tenants=options["tenants"],
            shown_from=now,
            shown_to=now + timedelta(hours=options["hours"]),
            by=commander(),
            now=now,
        )
        self.stdout.write(f"Thông báo {made.id} đang hiện.")

    def _list(self, options: dict[str, Any]) -> None:
        announcements = list_announcements()
        if not announcements:
            self.stdout.write("Chưa có thông báo nào.")
        for one in announcements:
            state = "đã gỡ" if one.withdrawn_at else f"đến {timezone.localtime(one.shown_to):%d/%m/%Y %H:%M}"
            places = " ".join([*one.rings, *one.tenants]) or "mọi nơi"
            self.stdout.write(f"{one.id}  {places}  {', '.join(one.audience)}  {state}  {one.title}")

    def _withdraw(self, options: dict[str, Any]) -> None:
        withdraw(announcement_id=options["id"], by=commander(), now=timezone.now())
        self.stdout.write("Đã gỡ.")
