"""The tests: real services, nothing leaves the machine."""

import os
import tempfile
from pathlib import Path

from project.settings.workers import apart

os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ.update(apart(os.environ))
from project.settings.base import *  # noqa: F403

# Not by the environment, which the workers of tests side by side inherit: each has a place of its own for files.
MEDIA_ROOT = Path(
    os.environ.get("MEDIA_ROOT") or Path(tempfile.gettempdir()) / f"motcua-test-files-{os.getpid()}"
)
STORAGES["default"] = default_store(os.environ, media_root=MEDIA_ROOT)  # noqa: F405

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The tests of sign-in need a hash, not a slow one.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

# The web server's tests serve no collected files, and whitenoise warns of a folder that is not there.
STATIC_ROOT = ROOT / ".test" / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# A demo may run on this machine; the tests that want a server to check start their own.
SMOKE_ADDRESS = ""
SMOKE_REQUIRED = False

TENANT_ARCHIVE_REST = 0.0  # nobody else is there
RELEASE_REST = 0.0
RELEASE_SOAK_SECONDS = 0  # a test that watches says so
