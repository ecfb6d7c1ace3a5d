"""``manage.py release <verb> …``: see tenants/releases/commanding/."""

from tenants.registry.verbs import VerbCommand


class Command(VerbCommand):
    help = "Bản phát hành cho mọi bộ, tỉnh."
    packages = "RELEASE_COMMAND_PACKAGES"
