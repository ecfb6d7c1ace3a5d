"""The database role of a tenant: a second wall behind the search_path."""

import hashlib
import re

_LONGEST = 63


def role_name(*, database: str, schema: str) -> str:
    """``motcua__h21``. Roles belong to a whole cluster, so the database is part of the name."""
    name = re.sub(r"[^a-z0-9_]", "_", f"{database}__{schema}".lower())
    if len(name) <= _LONGEST:
        return name
    return f"{name[:50]}_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
