from apps.catalogue.models.adoption_report import AdoptionReport
from apps.catalogue.models.import_finding import ImportFinding
from apps.catalogue.models.national_day import NationalDay
from apps.catalogue.models.publish_log import PublishLog
from apps.catalogue.models.template import ProcedureTemplate
from apps.catalogue.models.template_version import TemplateVersion
from apps.catalogue.models.version_offer import VersionOffer

__all__ = [
    "AdoptionReport",
    "ImportFinding",
    "NationalDay",
    "ProcedureTemplate",
    "PublishLog",
    "TemplateVersion",
    "VersionOffer",
]
