"""``manage.py release <verb> …``: see tenants/releases/commanding/."""

from typing import ClassVar

from tenants.registry.verbs import VerbCommand


class Command(VerbCommand):
    help = "Bản phát hành cho mọi bộ, tỉnh."
    packages = "RELEASE_COMMAND_PACKAGES"
    requires_system_checks: ClassVar[list[str]] = []  # they would load every address of every room
