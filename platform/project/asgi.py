import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings.production")
application = get_asgi_application()

# What is left to the first call elsewhere is loaded here, before the first request.
import filetype  # noqa: E402, F401
import redis  # noqa: E402, F401

from project import onboarding, onboarding_jobs, process_check, relay, rollouts  # noqa: E402, F401
