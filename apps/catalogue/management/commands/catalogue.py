"""manage.py catalogue <action>: what stands in ``FAMILIES``, one module of sub-commands each."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from apps.catalogue.errors import ImportRefused
from apps.catalogue.management.subcommands import (
    code_lists,
    effects,
    findings,
    importing,
    listing,
    publishing,
    reviewing,
    runs,
)
from kernel.errors import DomainError
from tenants.registry.acts import command_line_operator
from tenants.registry.context import central_context
from tenants.registry.verbs import LightCommand

FAMILIES = (importing, runs, code_lists, listing, findings, reviewing, effects, publishing)
_DJANGOS = (
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
    "stdout",
    "stderr",
)


class Command(LightCommand):
    help = "Danh mục thủ tục hành chính quốc gia: nhập, liệt kê, xác nhận, công bố"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for family in FAMILIES:
            family.declare(actions)

    def handle(self, *args: Any, **options: Any) -> None:
        work = options.pop("work")
        # Never a name that is typed: two people are needed for a version, and one could type both.
        options["by"] = command_line_operator()
        own = {name: value for name, value in options.items() if name not in (*_DJANGOS, "action")}
        try:
            with central_context():
                work(self.stdout, **own)
        except ImportRefused as refusal:
            for problem in refusal.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"Tệp không dùng được, chưa nhập gì: {len(refusal.problems)} lỗi."
            ) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
