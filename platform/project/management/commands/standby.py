"""``manage.py standby``: stay loaded and do the work of the commands that are typed; see project.standby."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from project.standby import asking
from project.standby.door import CannotStandBy
from project.standby.sameness import surroundings
from project.standby.serving import Standby
from project.standby.working import end_as
from tenants.registry.verbs import LightCommand


class Command(LightCommand):
    help = (
        "Ở lại trong bộ nhớ và làm hộ các lệnh manage.py gõ sau đó, để mỗi lệnh khỏi mất nửa giây khởi động"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ask", action="store_true", help="hỏi tiến trình đang trực có nhận các lệnh gõ ở đây không"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = os.environ.get(asking.VARIABLE, "")
        if not path:
            raise CommandError(
                _(
                    "Hãy đặt biến môi trường {name} là đường dẫn của ổ cắm Unix, ở đây và ở nơi gõ lệnh."
                ).format(name=asking.VARIABLE)
            )
        if options["ask"]:
            self._ask(path)
        else:
            self._serve(path)

    def _ask(self, path: str) -> None:
        """A command is offered and never given: nothing is done."""
        try:
            with asking.call(path) as line:
                words = [sys.argv[0], "release"]
                answer = asking.request(line, words, str(settings.ROOT), surroundings())
                why = "" if answer == asking.READY else line.recv(4096).decode()
        except asking.NobodyThere:
            raise CommandError(_("Không có tiến trình trực ở {path}.").format(path=path)) from None
        if why:
            raise CommandError(_("Tiến trình trực không nhận lệnh gõ ở đây: {why}.").format(why=why))
        self.stdout.write(_("Tiến trình trực sẽ làm các lệnh gõ ở đây."))

    def _serve(self, path: str) -> None:
        try:
            standby = Standby(Path(path), str(settings.ROOT))
        except CannotStandBy as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            _("Đang trực ở {path}, tiến trình {process}.").format(path=path, process=os.getpid())
        )
        self.stdout.flush()
        words = standby.serve()
        if words is not None:  # in a process that has been forked for them
            end_as(lambda: execute_from_command_line(words))
