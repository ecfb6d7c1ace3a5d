"""A refusal, laid beside the fields of a form."""

from dataclasses import dataclass, field

from kernel.errors import DomainError, Refusals


@dataclass(slots=True)
class Problems:
    """``by_field``: sentences beside each field. ``summary``: all of them for the top of the form."""

    summary: list[tuple[str, str]] = field(default_factory=list)
    by_field: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, sentence: str) -> None:
        self.summary.append((name, sentence))
        if name:
            self.by_field.setdefault(name, []).append(sentence)

    def of(self, name: str) -> list[str]:
        return self.by_field.get(name, [])

    def __bool__(self) -> bool:
        return bool(self.summary)


def laid_out(error: DomainError, known: set[str] | None = None, hidden: str | None = None) -> Problems:
    """A field that the form does not show gets no link, but its sentence stands at the top all the same.

    ``hidden``: fields with this beginning are filled in from others, whose refusals say it already.
    """
    problems = Problems()
    for one in error.refusals if isinstance(error, Refusals) else [error]:
        name = one.field or ""
        if hidden and name.startswith(hidden):
            continue
        problems.add(name if known is None or name in known else "", str(one))
    return problems
