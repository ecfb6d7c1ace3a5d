"""Room for the others: long work that rests in between, so that people's requests find a free core."""

import time

from django.conf import settings


class Pace:
    """``rest`` after each small piece of work sleeps a share of the time that it took: TENANT_ARCHIVE_REST."""

    def __init__(self) -> None:
        self._share = float(settings.TENANT_ARCHIVE_REST)
        self._woke = time.monotonic()

    def rest(self) -> None:
        if self._share:
            time.sleep((time.monotonic() - self._woke) * self._share)
        self._woke = time.monotonic()
