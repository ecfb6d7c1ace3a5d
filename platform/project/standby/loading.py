"""What is loaded before the first command comes: all that our commands load on their way."""

import pkgutil
from importlib import import_module

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.utils.translation import activate, gettext

from project.standby.asking import COMMAND

_OURS = ("project", "api", "frontend", "apps", "tenants", "kernel")
_WHOLE = ("project.commanding", "tenants.releases", "tenants.provisioning")  # what our commands do


def load_commands() -> frozenset[str]:
    """Our commands by name; Django's own and those of libraries start by themselves, as some never end."""
    ours = {
        name: app for name, app in get_commands().items() if app.split(".")[0] in _OURS and name != COMMAND
    }
    for name, app in ours.items():
        load_command_class(app, name)
    for package in _WHOLE:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    import_module("redis")  # which kernel.valkey leaves to its first use
    activate(settings.LANGUAGE_CODE)
    gettext("Hồ sơ")  # reads the files of words; any word does
    return frozenset(ours)
