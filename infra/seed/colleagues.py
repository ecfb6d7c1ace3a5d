"""Who does the work of a seeded dossier: people of the units it passes through."""

import random

from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.accounts.enums import Duty
from infra.seed.lives import Scene
from infra.seed.staff import DEMO_ACCOUNTS
from kernel.actors import Actor

_DEMO = frozenset(account.username for account in DEMO_ACCOUNTS)


class Colleagues:
    """Remembers, for the time of one seeding, who holds which duty where."""

    def __init__(self, scene: Scene) -> None:
        self._today = timezone.localdate(scene.now)
        self._found: dict[tuple[str, str], list[tuple[Actor, int]]] = {}

    def pick(self, chance: random.Random, duty: str, unit_path: str) -> Actor:
        """Where a demo account is one of them, it does most of the work."""
        people = self._people(duty, unit_path)
        return chance.choices([actor for actor, _ in people], [weight for _, weight in people])[0]

    def _people(self, duty: str, unit_path: str) -> list[tuple[Actor, int]]:
        key = (duty, unit_path)
        if key not in self._found:
            views = accounts.list_people_with_duty(duty=duty, unit_path=unit_path, on=self._today)
            if not views:
                raise LookupError(f"nobody holds {Duty(duty).value} over the unit at {unit_path}")
            self._found[key] = [
                (accounts.get_actor(view.id, on=self._today), 6 if view.username in _DEMO else 1)
                for view in views
            ]
        return self._found[key]
