"""redis-py, which speaks with Valkey, loaded when something of it is first used.

It brings sixty modules, its asynchronous half among them: a twelfth of the start of every command, most of which have
no word to say to Valkey. The web server loads it while it starts; see project/wsgi.py.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any


class _WhenUsed:
    """Stands for the module. The import system sees to it that of two threads the second one waits."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("redis"), name)


if TYPE_CHECKING:
    import redis
else:
    redis = _WhenUsed()

__all__ = ["redis"]
