"""Where the facts of a person block came from, sealed: a changed fact is one that was typed by hand.

The seal travels through the page; without it anybody could have typed
“from the national data base” beside a name of his own.
"""

from collections.abc import Mapping

from django.utils.crypto import constant_time_compare, salted_hmac

from apps.forms.kinds import SOURCES
from frontend.typed import read_day
from kernel.vietnamese import clean

TYPED = "TYPED"
_FACTS = ("name", "identity_number", "birth_date")


def seal(source: str, at: str, values: Mapping[str, str]) -> str:
    """For the hidden input ``<at>.source``; ``at`` is the name of the block's inputs without their last part."""
    return f"{source}:{_digest(source, at, values)}"


def read_source(at: str, values: Mapping[str, str]) -> str:
    """TYPED, unless a seal says otherwise and the facts are still the sealed ones."""
    source, _, digest = values.get(f"{at}.source", "").partition(":")
    if source in SOURCES and constant_time_compare(digest, _digest(source, at, values)):
        return source
    return TYPED


def _digest(source: str, at: str, values: Mapping[str, str]) -> str:
    facts = [_plain(name, values.get(f"{at}.{name}", "")) for name in _FACTS]
    return salted_hmac("forms.source", "\n".join([source, *facts]), algorithm="sha256").hexdigest()[:32]


def _plain(name: str, text: str) -> str:
    if name == "birth_date":
        day = read_day(text)
        return day.isoformat() if day else clean(text)
    return clean(text)
