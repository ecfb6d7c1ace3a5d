"""Cases, ways of handing in and papers that a new wording takes away or asks for: what each means for a dossier."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.dossiers.enums import Channel
from apps.dossiers.models import Component


class PartFault(StrEnum):
    CASE = "CASE"
    CHANNEL = "CHANNEL"
    PAPER = "PAPER"
    PAPER_NEEDED = "PAPER_NEEDED"  # newly required in a case, and not handed in


@dataclass(frozen=True, slots=True, order=True)
class PartBreak:
    """``field``: its stable key in the content."""

    field: str
    fault: PartFault
    title: str


def list_part_breaks(running: dict[str, Any], coming: dict[str, Any]) -> list[tuple[PartBreak, Q]]:
    """Each with the dossiers that stumble over it."""
    return [*_gone(running, coming), *_needed(running, coming)]


def _gone(running: dict[str, Any], coming: dict[str, Any]) -> Iterator[tuple[PartBreak, Q]]:
    cases = {one["code"] for one in coming["cases"]}
    for case in running["cases"]:
        if case["code"] not in cases:
            yield PartBreak(case["code"], PartFault.CASE, case["name"]), Q(case_code=case["code"])
    for channel in sorted(set(running["channels"]) - set(coming["channels"])):
        yield PartBreak(channel, PartFault.CHANNEL, str(Channel(channel).label)), Q(channel=channel)
    papers = {one["key"] for one in coming["components"]}
    for paper in running["components"]:
        if paper["key"] not in papers:
            yield PartBreak(paper["key"], PartFault.PAPER, paper["name"]), Q(_is_handed_in(paper["key"]))


def _needed(running: dict[str, Any], coming: dict[str, Any]) -> Iterator[tuple[PartBreak, Q]]:
    """Of cases that stay; a paper that only some answers call for is not seen."""
    before, names = _required(running), {one["key"]: one["name"] for one in coming["components"]}
    cases: dict[str, list[str]] = defaultdict(list)
    for case, papers in _required(coming).items():
        for key in papers - before.get(case, papers):
            cases[key].append(case)
    for key, codes in sorted(cases.items()):
        where = Q(case_code__in=codes) & ~Q(_is_handed_in(key))
        yield PartBreak(key, PartFault.PAPER_NEEDED, names[key]), where


def _required(content: dict[str, Any]) -> dict[str, set[str]]:
    required = {one["key"] for one in content["components"] if one["required"]}
    return {case["code"]: required & set(case["components"]) for case in content["cases"]}


def _is_handed_in(key: str) -> Exists:
    return Exists(Component.objects.filter(dossier_id=OuterRef("id"), key=key))
