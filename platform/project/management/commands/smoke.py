"""``manage.py smoke H21``: sign in, inbox, hand in and withdraw, asked of the running web server of one tenant."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from project.smoke.check import Outcome, run_check
from project.smoke.wire import NoServer
from tenants.registry.selectors import find_tenant
from tenants.registry.verbs import LightCommand, told_in_a_sentence


class Command(LightCommand):
    help = "Kiểm tra một bộ, tỉnh trên máy chủ web đang chạy: đăng nhập, mở việc, nộp và rút một hồ sơ thử."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã của bộ, tỉnh, ví dụ H21")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_in_a_sentence():
            tenant = find_tenant(options["code"])
            if tenant is None:
                raise CommandError(f"Không có bộ, tỉnh mang mã {options['code']}.")
            try:
                outcomes = run_check(tenant=tenant, now=timezone.now())
            except NoServer as nobody:
                raise CommandError(f"Không kiểm tra được: {nobody}.") from nobody
        for outcome in outcomes:
            self.stdout.write(_line(outcome))
        if any(outcome.problem for outcome in outcomes):
            raise CommandError(f"{tenant.name}: kiểm tra không đạt.")
        self.stdout.write(f"{tenant.name}: đạt, {sum(one.milliseconds for one in outcomes):.0f} ms.")


def _line(outcome: Outcome) -> str:
    said = outcome.problem or outcome.left_out or "đạt"
    return f"{outcome.step.label:<22}{outcome.milliseconds:>8.0f} ms  {said}"
