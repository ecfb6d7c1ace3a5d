"""``manage.py tenant <verb> …``: see tenants/provisioning/commanding/."""

from tenants.registry.verbs import VerbCommand


class Command(VerbCommand):
    help = "Bộ, tỉnh dùng chung nền tảng."
    packages = "TENANT_COMMAND_PACKAGES"
