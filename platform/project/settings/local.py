"""The demo and a developer's machine."""

import os

os.environ.setdefault("SECRET_KEY", "for-a-demo-on-this-machine-only-never-in-production")

from project.settings.base import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROOT / ".demo" / "mail"  # noqa: F405
# Somebody looks on: long enough to see a ring being watched.
RELEASE_SOAK_SECONDS = int(os.environ.get("RELEASE_SOAK_SECONDS", "20"))
