from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "apps.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Imported late: models are loaded only now.
        from apps.notifications.services import set_after_telling
        from apps.notifications.tasks import deliver_waiting_messages

        set_after_telling(deliver_waiting_messages.delay)
