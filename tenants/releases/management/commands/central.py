"""``manage.py central prepare``: the centre and the template, brought to the code's state."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tenants.registry.verbs import LightCommand, told_in_a_sentence
from tenants.releases.services.preparing import prepare_central


class Command(LightCommand):
    help = "Chuẩn bị lược đồ trung ương và lược đồ mẫu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        prepare = sub.add_parser("prepare", help="đưa trung ương và lược đồ mẫu về đúng phiên bản phần mềm")
        prepare.add_argument("--host", default="localhost", help="tên máy chủ của người vận hành")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_in_a_sentence():
            prepare_central(host=options["host"], now=timezone.now(), say=self.stdout.write)
        self.stdout.write("Trung ương và lược đồ mẫu đã sẵn sàng.")
