import logging

from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "kernel.http"
    label = "http"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django's own line quotes the exception, which may quote a person's data; ours (incident.py) does not.
        logger = logging.getLogger("django.request")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
