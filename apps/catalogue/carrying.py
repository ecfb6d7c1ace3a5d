"""What the source has changed, carried into a wording that was worked on since. Pure.

The source knows no form, no process, and no limit that a person has confirmed: those stay, and so does
every part that the source says as it did before.
"""

from copy import deepcopy
from typing import Any

from apps.catalogue.parts import Parts, join, split
from apps.catalogue.paths import ORDER, parse_path


def carry_changes(
    current: dict[str, Any], *, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    """``before`` and ``after`` are what the source made of the procedure then and now."""
    ours, old, new = split(current), split(before), split(after)
    merged = {path: value for path, value in ours.items() if path not in old or path in new}
    for path, value in new.items():
        if path not in old or old[path] != value:
            merged[path] = value
    for path in [path for path in merged if parse_path(path)[-1] == ORDER]:
        merged[path] = _order(path, ours, old, new, merged)
    return join(merged)


def replace_source_parts(current: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Where it is not known what the source said before: all it says now, beside what it never speaks of.

    A limit that a person has confirmed stays while the words of the source about it are the same.
    """
    content = {**current, **deepcopy(after)}
    confirmed = {
        case["code"]: case["limit"] for case in current.get("cases", ()) if case["limit"].get("confirmed")
    }
    for case in content["cases"]:
        limit = confirmed.get(case["code"])
        if limit and limit.get("source_text") == case["limit"].get("source_text"):
            case["limit"] = limit
    return content


def _order(path: str, ours: Parts, old: Parts, new: Parts, merged: Parts) -> list[str]:
    """As the source has it now, with what only we have behind; what is in neither any more is left out."""
    was, now, own = old.get(path, []), new.get(path, []), ours.get(path, [])
    kept = [name for name in own if name not in was or name in now]
    if was == now:
        return kept
    return [*(name for name in now if name in kept or name not in was), *(n for n in kept if n not in now)]
