"""Who listens to which event: the whole wiring on one page.

Each subscriber has a stable key, is called with ``event_id``, ``payload`` and
``now``, and is safe to run twice with the same ``event_id``.
"""

from kernel.outbox.services import Subscriber

SUBSCRIBERS: dict[str, tuple[tuple[str, Subscriber], ...]] = {}
