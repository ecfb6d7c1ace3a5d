"""Expected refusals: a clear sentence, a stable code, and nothing has changed."""

from enum import Enum
from typing import Any, ClassVar

from django.utils.functional import Promise


class Kind(Enum):
    """What sort of refusal it is; the doors turn it into an HTTP status."""

    INVALID = 422  # what was handed in breaks a rule
    FORBIDDEN = 403  # this person may not
    ABSENT = 404  # there is no such thing for this person
    CONFLICT = 409  # not now: the state does not allow it
    AWAY = 503  # not now: something that this house stands on does not answer


class DomainError(Exception):
    """A refusal that a person is meant to read.

    A subclass gives ``code`` (stable, dotted, never translated), ``sentence``
    (a lazy translation with ``{named}`` places) and ``kind``. ``field`` names
    the input it belongs to, where there is one.
    """

    code: ClassVar[str]
    sentence: ClassVar[str | Promise]
    kind: ClassVar[Kind] = Kind.INVALID

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        self.field = field
        self.params = params
        super().__init__(self.code, params)

    def __str__(self) -> str:
        return str(self.sentence).format(**self.params)


class Refusals(DomainError):
    """Several refusals at once, so that a person mends them in one go."""

    code = "request.several_refusals"

    def __init__(self, refusals: list[DomainError]) -> None:
        super().__init__()
        self.refusals = refusals

    def __str__(self) -> str:
        return " ".join(str(refusal) for refusal in self.refusals)
