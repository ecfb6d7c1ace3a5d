"""What libraries load at every start, put off until it is used: an eighth of the start of a command of manage.py.

Only commands do so. What serves people loads everything before its first request.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

# Read by those who import them only when something is signed or split; jwcrypto.jwk brings all of cryptography.
_MODULES = ("jwcrypto.jwk", "sqlparse")
# The addresses of the API's clients are checked by a pattern that takes longer to compile than a rollout to plan.
_PATTERNS = "oauth2_provider.validators"
_loading = Lock()


def postpone() -> None:
    """Before Django is loaded."""
    for name in _MODULES:
        sys.modules.setdefault(name, _Postponed(name))
    import_module("django.core.validators")  # whose own patterns wait already
    with _patterns_waiting():
        import_module(_PATTERNS)


class _Postponed(ModuleType):
    """Stands where imports look for a module, and is that module from the first question on."""

    def __getattr__(self, name: str) -> Any:
        with _loading:
            if sys.modules[self.__name__] is self:
                del sys.modules[self.__name__]
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


@contextmanager
def _patterns_waiting() -> Iterator[None]:
    from django.utils.regex_helper import _lazy_re_compile

    compiled: Any = re.compile
    re.compile = _lazy_re_compile  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compiled
