from apps.audit.models.entry import Entry

__all__ = ["Entry"]
