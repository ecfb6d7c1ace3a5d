"""Door 1 of the spine: questions. Nothing here writes."""

from apps.dossiers.models import Component, Dossier, Party, Supplement
from apps.dossiers.selectors.codes import get_codes
from apps.dossiers.selectors.durations import Durations, list_durations
from apps.dossiers.selectors.effect import Effect, NamedMove, figures_of, measure_effect
from apps.dossiers.selectors.inbox import (
    Filters,
    InboxRow,
    Page,
    count_views,
    list_inbox,
    search_dossiers,
)
from apps.dossiers.selectors.intake import find_draft, find_person, list_drafts, preview_intake
from apps.dossiers.selectors.law import list_shown_corrections, shown_version
from apps.dossiers.selectors.load import Load, count_load
from apps.dossiers.selectors.programs import REMEMBERED, ProgramUse, ProgramUses, say_break
from apps.dossiers.selectors.public import PublicStatus, find_public_status
from apps.dossiers.selectors.record import (
    Contact,
    MoveView,
    find_contact,
    get_dossier,
    list_components,
    list_moves,
    list_parties,
    list_supplements,
    list_timeline,
)
from apps.dossiers.selectors.register import RegisterPage, count_all, list_for_client
from apps.dossiers.selectors.unfilled import UnfilledStep

__all__ = [
    "REMEMBERED",
    "Component",
    "Contact",
    "Dossier",
    "Durations",
    "Effect",
    "Filters",
    "InboxRow",
    "Load",
    "MoveView",
    "NamedMove",
    "Page",
    "Party",
    "ProgramUse",
    "ProgramUses",
    "PublicStatus",
    "RegisterPage",
    "Supplement",
    "UnfilledStep",
    "count_all",
    "count_load",
    "count_views",
    "figures_of",
    "find_contact",
    "find_draft",
    "find_person",
    "find_public_status",
    "get_codes",
    "get_dossier",
    "list_components",
    "list_drafts",
    "list_durations",
    "list_for_client",
    "list_inbox",
    "list_moves",
    "list_parties",
    "list_shown_corrections",
    "list_supplements",
    "list_timeline",
    "measure_effect",
    "preview_intake",
    "say_break",
    "search_dossiers",
    "shown_version",  # the rows are handed out to be read, never to be changed: that is what services are for
]
