"""The publish log as a chain: each line's hash covers the line before it. Pure.

Whoever changes, takes out or slips in a line breaks every hash after it. The
end of the chain can be cut off unseen; so the last hash is printed by
``catalogue verify`` and can be kept elsewhere.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from uuid import UUID

FIRST = "0" * 64


def line_sha256(
    *,
    previous: str,
    version: UUID,
    content_sha256: str,
    action: str,
    effective_from: date | None,
    at: datetime,
    by_key: str,
    by_name: str,
    note: str,
) -> str:
    parts = [
        previous,
        str(version),
        content_sha256,
        action,
        effective_from.isoformat() if effective_from else "",
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        by_key,
        by_name,
        note,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
