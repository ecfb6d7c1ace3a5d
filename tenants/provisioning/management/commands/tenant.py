"""``manage.py tenant <verb> …``: finds the verbs, runs one, turns a refusal into the command's error."""

from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel.errors import DomainError, Refusals


class Command(BaseCommand):
    help = "Bộ, tỉnh dùng chung nền tảng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        for family in _families():
            family.add(sub)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            options["run"](options, self.stdout.write)
        except Refusals as several:
            raise CommandError("\n".join(f"[{one.code}] {one}" for one in several.refusals)) from several
        except DomainError as refusal:
            raise CommandError(f"[{refusal.code}] {refusal}") from refusal


def _families() -> Iterator[ModuleType]:
    for name in settings.TENANT_COMMAND_PACKAGES:
        package = import_module(name)
        for found in sorted(module.name for module in iter_modules(package.__path__, f"{name}.")):
            yield import_module(found)
