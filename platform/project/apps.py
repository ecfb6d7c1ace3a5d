from django.apps import AppConfig
from django.conf import settings


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        # Imported late: models are loaded only now.
        from kernel import log
        from kernel.outbox.services import set_after_publish
        from project.relay import kick

        log.configure(json=not settings.DEBUG)
        set_after_publish(kick)
