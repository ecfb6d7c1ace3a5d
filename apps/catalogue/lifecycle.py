"""The life of a version, as a table. Read it aloud: act, from, to.

Held again by a trigger of the database (``catalogue_keep_published``), so that no
path around the services reaches a state that the table does not know.
"""

from enum import StrEnum

from apps.catalogue.enums import VersionState

_S = VersionState


class Act(StrEnum):
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    PUBLISH = "PUBLISH"
    SUPERSEDE = "SUPERSEDE"
    RETIRE = "RETIRE"


MOVES: dict[Act, tuple[frozenset[VersionState], VersionState]] = {
    Act.SUBMIT: (frozenset({_S.DRAFT}), _S.IN_REVIEW),
    Act.RETURN: (frozenset({_S.IN_REVIEW}), _S.DRAFT),
    Act.PUBLISH: (frozenset({_S.IN_REVIEW}), _S.PUBLISHED),
    # Bookkeeping on the day when the next one takes effect; what is in force is always asked by date.
    Act.SUPERSEDE: (frozenset({_S.PUBLISHED}), _S.SUPERSEDED),
    Act.RETIRE: (frozenset({_S.PUBLISHED, _S.SUPERSEDED}), _S.RETIRED),
}


def destination(state: str, act: Act) -> VersionState | None:
    """None: this act is not open from ``state``."""
    sources, target = MOVES[act]
    return target if state in sources else None


def allowed_pairs() -> frozenset[tuple[VersionState, VersionState]]:
    return frozenset((source, target) for sources, target in MOVES.values() for source in sources)
