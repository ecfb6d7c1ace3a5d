"""``manage.py announce make | list | withdraw``: a word of the centre to the people of some tenants."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from kernel.errors import DomainError
from tenants.registry.enums import Ring
from tenants.releases.announcements import list_announcements
from tenants.releases.enums import Audience
from tenants.releases.services import announce, withdraw


class Command(BaseCommand):
    help = "Thông báo của trung ương trên các trang của bộ, tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        making = actions.add_parser("make", help="cho hiện một thông báo từ bây giờ")
        making.add_argument("title")
        making.add_argument("--body", default="")
        making.add_argument(
            "--to", dest="audience", action="append", choices=Audience.values, help="ai đọc; mặc định STAFF"
        )
        making.add_argument("--ring", dest="rings", action="append", choices=Ring.values, default=[])
        making.add_argument("--tenant", dest="tenants", action="append", metavar="MÃ", default=[])
        making.add_argument("--hours", type=float, default=24.0, help="hiện trong bao nhiêu giờ")
        actions.add_parser("list", help="50 thông báo mới nhất")
        taking = actions.add_parser("withdraw", help="gỡ một thông báo")
        taking.add_argument("id", type=int)
        for action in (making, taking):
            action.add_argument("--by", default="Dòng lệnh", help="tên người thực hiện")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

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
            by=_by(options),
            now=now,
        )
        self.stdout.write(f"Thông báo {made.id} đang hiện.")

    def _list(self, options: dict[str, Any]) -> None:
        for one in list_announcements():
            state = "đã gỡ" if one.withdrawn_at else f"đến {timezone.localtime(one.shown_to):%d/%m/%Y %H:%M}"
            places = " ".join([*one.rings, *one.tenants]) or "mọi nơi"
            self.stdout.write(f"{one.id}  {places}  {', '.join(one.audience)}  {state}  {one.title}")

    def _withdraw(self, options: dict[str, Any]) -> None:
        withdraw(announcement_id=options["id"], by=_by(options), now=timezone.now())
        self.stdout.write("Đã gỡ.")


def _by(options: dict[str, Any]) -> Actor:
    return Actor(kind=ActorKind.OPERATOR, id=None, name=options["by"])
