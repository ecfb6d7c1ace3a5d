"""Room for the others: long work that rests in between while people work, so that their requests find a free core."""

import time

from django.conf import settings

from tenants.registry.figures.lookout import Lookout

_LOOKOUT = Lookout()  # one a process: a pace is begun for every table


class Pace:
    """``rest`` after each small piece of work sleeps TENANT_ARCHIVE_REST times what it took, while people work."""

    def __init__(self, lookout: Lookout = _LOOKOUT) -> None:
        self._share = float(settings.TENANT_ARCHIVE_REST)
        self._lookout, self._woke = lookout, time.monotonic()

    def rest(self) -> None:
        if self._share and self._lookout.is_busy():
            time.sleep((time.monotonic() - self._woke) * self._share)
        self._woke = time.monotonic()
