"""What a room hands over so that a process of its own can be drawn: the draft, the words around it, how to keep it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.procedures.limits import limit_words
from apps.workflow.files import Limit

# What was loaded (its mark) and the new process → the new mark. Raises DomainError when it may not be kept.
Keep = Callable[[str, dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``process`` is the part of a ProcedureContent. ``keep`` is None where it may only be looked at.

    ``page`` is the address of the editor; check, import, export … stand below it.
    """

    code: str
    title: str
    frame: str  # the room's template
    page: str
    back: str
    process: Mapping[str, Any]
    limits: tuple[Limit, ...]
    keep: Keep | None = None
    new_draft: str = ""  # where a draft is begun, if there is none
    mark: str = ""
    state: str = ""  # which draft this is, in words
    forms: list[tuple[str, str]] = field(default_factory=list)
    papers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def called(self) -> dict[str, str]:
        return dict(self.process.get("called") or {})

    def text_of(self, key: str) -> str | None:
        """The file of the main process (its id, or nothing), or of one that it calls."""
        if key in ("", self.process["id"]):
            return str(self.process["bpmn"])
        return self.called.get(key)

    def changed(self, key: str, text: str, new_id: str, called: dict[str, str]) -> dict[str, Any]:
        """The process with one of its files exchanged; ``new_id`` is the id that stands in it."""
        if key in ("", self.process["id"]):
            made = {"id": new_id, "bpmn": text}
        else:
            made = {"id": self.process["id"], "bpmn": self.process["bpmn"]}
            called = {**called, key: text}
        return {**made, "called": called} if called else made


def limits_of(content: Mapping[str, Any]) -> tuple[Limit, ...]:
    """Of every case of a ProcedureContent, finished or not."""
    return tuple(
        Limit(str(case.get("name", "")), limit["amount"], limit["unit"], limit_words(limit))
        for case in content.get("cases") or []
        if (limit := case.get("limit")) and limit.get("amount") and limit.get("unit")
    )


def papers_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["code"], one["name"]) for one in content.get("results") or [] if one.get("code")]
