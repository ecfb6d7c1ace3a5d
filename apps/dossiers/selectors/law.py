"""Under which words a dossier is shown. What it is reckoned by never comes from here."""

from apps.dossiers.models import Dossier
from apps.procedures import selectors as procedures
from apps.procedures.selectors import AdoptedView, CorrectionView


def shown_version(dossier: Dossier) -> AdoptedView:
    """While it is open, with the words that were put right since; once it is over, as it was handed in."""
    if is_over(dossier):
        return procedures.get_version(dossier.procedure_id)
    return procedures.get_shown_version(dossier.procedure_id)


def list_shown_corrections(dossier: Dossier) -> list[CorrectionView]:
    return [] if is_over(dossier) else procedures.list_corrections(dossier.procedure_id)


def is_over(dossier: Dossier) -> bool:
    return dossier.finished_at is not None or dossier.ended_at is not None
