"""Door 2 of the spine: every command that changes a dossier."""

from apps.dossiers.services.accepting import accept, refuse_intake
from apps.dossiers.services.drafts import discard_draft, save_draft
from apps.dossiers.services.due_dates import take_over_due_date
from apps.dossiers.services.ending import approve_withdrawal, decline_withdrawal, request_withdrawal, stop
from apps.dossiers.services.extending import extend
from apps.dossiers.services.paying import confirm_payment, record_fee_payment, request_payment
from apps.dossiers.services.probing import withdraw_probes
from apps.dossiers.services.processing import claim_step, complete_step, release_step
from apps.dossiers.services.returning import record_result, return_result
from apps.dossiers.services.submitting import submit
from apps.dossiers.services.supplementing import receive_supplement, request_supplement

__all__ = [
    "accept",
    "approve_withdrawal",
    "claim_step",
    "complete_step",
    "confirm_payment",
    "decline_withdrawal",
    "discard_draft",
    "extend",
    "receive_supplement",
    "record_fee_payment",
    "record_result",
    "refuse_intake",
    "release_step",
    "request_payment",
    "request_supplement",
    "request_withdrawal",
    "return_result",
    "save_draft",
    "stop",
    "submit",
    "take_over_due_date",
    "withdraw_probes",
]
