"""Contents in the process, by their own hash.

A content is up to some 100 kB of JSON and never changes: reading it from the
database for every dossier would cost more than the dossier. What is kept is
found by its SHA-256 alone, and that hash is only known to who has read the row
in its own schema: nothing of a tenant can be found through another.
The dicts are shared: read them, never write into them.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from apps.procedures.models import AdoptedVersion

MOST_CONTENTS = 512
_kept: OrderedDict[str, dict[str, Any]] = OrderedDict()
_lock = Lock()


def get_contents(wanted: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """hash → content, for ``wanted`` hash → id of a version that has it. At most one statement."""
    with _lock:
        found = {sha: _kept[sha] for sha in wanted if sha in _kept}
        for sha in found:
            _kept.move_to_end(sha)
    missing = [version_id for sha, version_id in wanted.items() if sha not in found]
    if missing:
        rows = AdoptedVersion.objects.filter(id__in=missing).values_list("content_sha256", "content")
        fresh = dict(rows)
        found |= fresh
        with _lock:
            _kept.update(fresh)
            while len(_kept) > MOST_CONTENTS:
                _kept.popitem(last=False)
    return found
