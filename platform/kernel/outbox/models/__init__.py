from kernel.outbox.models.outbox_event import OutboxEvent

__all__ = ["OutboxEvent"]
