from apps.catalogue.services.adopting import report_adoption
from apps.catalogue.services.calendar import NewDay, remove_national_day, set_national_days
from apps.catalogue.services.code_lists import import_codes
from apps.catalogue.services.deciding import (
    Decided,
    Rule,
    accept_change,
    accept_changes,
    reject_change,
    reject_changes,
)
from apps.catalogue.services.deferring import report_deferral, withdraw_deferral
from apps.catalogue.services.drafting import create_draft, draft_from_published, update_draft
from apps.catalogue.services.effects import ask_effect, report_effect
from apps.catalogue.services.findings import assign_findings, confirm_finding, dismiss_finding
from apps.catalogue.services.importing import ImportedRow, import_catalogue
from apps.catalogue.services.national import load_national
from apps.catalogue.services.national_list import import_list
from apps.catalogue.services.offer_runs import begin_run, finish_run, note_offer, restart_run
from apps.catalogue.services.offering import EVERY_RING, PILOTS, offer_version
from apps.catalogue.services.publishing import publish, publish_shipped, retire
from apps.catalogue.services.requiring import require_adoption
from apps.catalogue.services.reviewing import return_version, submit_version
from apps.catalogue.services.superseding import supersede_due

__all__ = [
    "EVERY_RING",
    "PILOTS",
    "Decided",
    "ImportedRow",
    "NewDay",
    "Rule",
    "accept_change",
    "accept_changes",
    "ask_effect",
    "assign_findings",
    "begin_run",
    "confirm_finding",
    "create_draft",
    "dismiss_finding",
    "draft_from_published",
    "finish_run",
    "import_catalogue",
    "import_codes",
    "import_list",
    "load_national",
    "note_offer",
    "offer_version",
    "publish",
    "publish_shipped",
    "reject_change",
    "reject_changes",
    "remove_national_day",
    "report_adoption",
    "report_deferral",
    "report_effect",
    "require_adoption",
    "restart_run",
    "retire",
    "return_version",
    "set_national_days",
    "submit_version",
    "supersede_due",
    "update_draft",
    "withdraw_deferral",
]
