"""What the rooms keep in the cache of units and calendars is out of date once rows have come by another way."""

from apps.deadlines.services import forget_calendars
from apps.organisations.services import forget_tree


def settled() -> None:
    forget_tree()
    forget_calendars()
