from apps.catalogue.services.adopting import report_adoption
from apps.catalogue.services.calendar import NewDay, remove_national_day, set_national_days
from apps.catalogue.services.drafting import create_draft, update_draft
from apps.catalogue.services.findings import confirm_finding
from apps.catalogue.services.importing import ImportedRow, import_catalogue
from apps.catalogue.services.national import load_national
from apps.catalogue.services.offering import EVERY_RING, PILOTS, offer_version
from apps.catalogue.services.publishing import publish, publish_shipped, retire
from apps.catalogue.services.reviewing import return_version, submit_version
from apps.catalogue.services.superseding import supersede_due

__all__ = [
    "EVERY_RING",
    "PILOTS",
    "ImportedRow",
    "NewDay",
    "confirm_finding",
    "create_draft",
    "import_catalogue",
    "load_national",
    "offer_version",
    "publish",
    "publish_shipped",
    "remove_national_day",
    "report_adoption",
    "retire",
    "return_version",
    "set_national_days",
    "submit_version",
    "supersede_due",
    "update_draft",
]
