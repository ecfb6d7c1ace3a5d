"""Door 1: read the trail."""

from apps.audit.models import Entry


def list_entries(*, subject_type: str, subject_id: int, after_id: int = 0, limit: int = 500) -> list[Entry]:
    """Of one subject, oldest first, a keyset page after ``after_id``."""
    return list(
        Entry.objects.filter(subject_type=subject_type, subject_id=subject_id, id__gt=after_id).order_by("id")[:limit]
    )
