from apps.notifications.services.delivering import deliver_message, deliver_waiting
from apps.notifications.services.telling import set_after_telling, tell

__all__ = ["deliver_message", "deliver_waiting", "set_after_telling", "tell"]
