"""Behind TLS, with every secret from the environment; a missing one stops the start."""

import os

from project.settings.base import *  # noqa: F403
from project.settings.stores import require_tls

SECRET_KEY = os.environ["SECRET_KEY"]
os.environ["DATABASE_URL"], os.environ["REDIS_URL"]  # a KeyError names what is missing
require_tls(os.environ)

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A gate that cannot reach the web servers lets no wave on.
SMOKE_REQUIRED = os.environ.get("SMOKE_REQUIRED", "1") == "1"
EMAIL_HOST = os.environ.get("MAIL_HOST", "localhost")
