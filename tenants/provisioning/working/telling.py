"""What every kind of work is given: how to say where it stands, and what time it is."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
Tell = Callable[[str, int, int], None]  # what is being done, how many of how many; 0 of 0 when nobody knows
