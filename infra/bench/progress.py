"""A line for each step, with its seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    say(f"▸ {title} …")
    begun = time.monotonic()
    yield
    say(f"  ✓ {title} ({time.monotonic() - begun:.1f} s)".replace(".", ","))
