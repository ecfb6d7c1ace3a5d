"""Names in the path of a part of a content. Pure."""

from collections.abc import Iterable

ORDER = "order"
_NUMBER = "#"  # 60/2014#2: the second of two that carry one id


def make_path(segments: Iterable[str]) -> str:
    """One text of many names; a name may hold a slash itself (60/2014/QH13)."""
    return "/".join(segment.replace("~", "~0").replace("/", "~1") for segment in segments)


def parse_path(path: str) -> list[str]:
    return [segment.replace("~1", "/").replace("~0", "~") for segment in path.split("/")]


def names_of(ids: Iterable[str]) -> list[str]:
    """One name a thing: its id, with a number where that would not be clear."""
    seen: dict[str, int] = {}
    names = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        plain = seen[one] == 1 and one != ORDER and _NUMBER not in one
        names.append(one if plain else f"{one}{_NUMBER}{seen[one]}")
    return names


def id_of(name: str) -> str:
    """The id that a name stands for."""
    return name.rpartition(_NUMBER)[0] if _NUMBER in name else name
