"""The life of a dossier, as a table. Read it aloud: action, from, to.

The law names the statuses and publishes no state machine; the moves follow the
national portal's codes as real systems use them. A supplement or a declined
withdrawal leads back to where the dossier came from: such an action has
several possible targets, and the dossier remembers which one is its own.
"""

from apps.dossiers.enums import Action, Status

_S = Status
MOVES: dict[Action, tuple[frozenset[Status], frozenset[Status]]] = {
    Action.ACCEPT: (frozenset({_S.SUBMITTED}), frozenset({_S.ACCEPTED})),
    Action.REFUSE_INTAKE: (frozenset({_S.SUBMITTED}), frozenset({_S.NOT_ACCEPTED})),
    Action.START_PROCESSING: (frozenset({_S.ACCEPTED}), frozenset({_S.PROCESSING})),
    Action.REQUEST_SUPPLEMENT: (
        frozenset({_S.SUBMITTED, _S.PROCESSING}),
        frozenset({_S.AWAITING_SUPPLEMENT}),
    ),
    Action.RECEIVE_SUPPLEMENT: (
        frozenset({_S.AWAITING_SUPPLEMENT}),
        frozenset({_S.SUBMITTED, _S.PROCESSING}),
    ),
    Action.REQUEST_PAYMENT: (frozenset({_S.PROCESSING}), frozenset({_S.AWAITING_PAYMENT})),
    Action.CONFIRM_PAYMENT: (frozenset({_S.AWAITING_PAYMENT}), frozenset({_S.PROCESSING})),
    Action.REQUEST_WITHDRAWAL: (
        frozenset({_S.SUBMITTED, _S.ACCEPTED, _S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT}),
        frozenset({_S.WITHDRAWAL_REQUESTED}),
    ),
    Action.APPROVE_WITHDRAWAL: (frozenset({_S.WITHDRAWAL_REQUESTED}), frozenset({_S.STOPPED})),
    Action.DECLINE_WITHDRAWAL: (
        frozenset({_S.WITHDRAWAL_REQUESTED}),
        frozenset({_S.SUBMITTED, _S.ACCEPTED, _S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT}),
    ),
    Action.STOP: (
        frozenset({_S.ACCEPTED, _S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT}),
        frozenset({_S.STOPPED}),
    ),
    Action.FINISH: (frozenset({_S.PROCESSING}), frozenset({_S.FINISHED})),
    Action.RETURN_RESULT: (frozenset({_S.FINISHED}), frozenset({_S.RETURNED})),
}
FINAL = frozenset({_S.NOT_ACCEPTED, _S.STOPPED, _S.RETURNED})
WITH_OFFICIALS = frozenset({_S.ACCEPTED, _S.PROCESSING})
WITH_APPLICANT = frozenset({_S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT})
OPEN = frozenset(Status) - FINAL - {_S.FINISHED}


def allowed_pairs() -> frozenset[tuple[Status, Status]]:
    """Every (from, to) of the table; the database's CHECK is made of them."""
    return frozenset(
        (source, target) for sources, targets in MOVES.values() for source in sources for target in targets
    )


def destination(status: Status, action: Action, back_to: Status | None = None) -> Status | None:
    """Where ``action`` leads from ``status``, or None where the move is not open.

    ``back_to`` is where a dossier that waits came from; it chooses among
    several targets and must be one of them.
    """
    sources, targets = MOVES[action]
    if status not in sources:
        return None
    if len(targets) == 1:
        return next(iter(targets))
    return back_to if back_to in targets else None
