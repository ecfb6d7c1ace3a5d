"""Corrections that flow: words that a later version puts right, for dossiers under an earlier one. Pure.

A dossier keeps the law of the day on which it was handed in. What may reach it is a
correction of words that the steward of the catalogue has named; whatever the list of
a version says, a limit, a fee, a required paper or a step of the process never does.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from apps.catalogue.changes import Group, group_of
from apps.catalogue.content import canonical_json
from apps.catalogue.parts import join, split

Content = dict[str, Any]
_MOST_KEPT = 64
_kept: OrderedDict[str, Content] = OrderedDict()
_lock = Lock()


def flowing(old: Content, new: Content, *, own_paths: Iterable[str]) -> dict[str, str]:
    """Path → words of ``new`` that dossiers under ``old`` are shown. ``own_paths``: local words, which stay."""
    transition = new.get("transition") or {}
    if transition.get("rule") != "CORRECTIONS_FLOW":
        return {}
    before, after, own = split(old), split(new), set(own_paths)
    return {
        path: after[path]
        for path in transition["flows"]
        if group_of(path) == Group.WORDING
        and path not in own
        and isinstance(before.get(path), str)
        and isinstance(after.get(path), str)
        and before[path] != after[path]
    }


def corrected(content: Content, *, content_sha256: str, corrections: Mapping[str, str]) -> Content:
    """``content`` with these words in it; kept by what it is made of, so that a page pays for it once."""
    if not corrections:
        return content
    key = content_sha256 + hashlib.sha256(canonical_json(dict(corrections))).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    parts = split(content)
    result = join(parts | {path: words for path, words in corrections.items() if path in parts})
    with _lock:
        _kept[key] = result
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return result
