"""The Jinja2 environment of all rooms."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    return Environment(undefined=StrictUndefined, **options)
