"""The same apps and migrations under django-tenants as it comes: its backend, its search_path, its executors."""

from infra.bench.fleet.django_settings import *  # noqa: F403

DATABASES["default"] = {**DATABASES["default"], "ENGINE": "django_tenants.postgresql_backend", "OPTIONS": {}}  # noqa: F405
PG_EXTRA_SEARCH_PATHS = ["extensions"]
