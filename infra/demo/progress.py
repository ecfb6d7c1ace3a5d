"""A line for each step, with its seconds, so that nobody wonders whether anything still happens."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


def seconds(duration: float) -> str:
    return f"{duration:.1f} s".replace(".", ",")


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    say(f"▸ {title} …")
    begun = time.monotonic()
    yield
    say(f"  ✓ {title} ({seconds(time.monotonic() - begun)})")
