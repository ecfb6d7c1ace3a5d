from apps.catalogue.models.adoption_deadline import AdoptionDeadline
from apps.catalogue.models.adoption_deferral import AdoptionDeferral
from apps.catalogue.models.adoption_report import AdoptionReport
from apps.catalogue.models.code import Code
from apps.catalogue.models.code_list import CodeList
from apps.catalogue.models.code_list_version import CodeListVersion
from apps.catalogue.models.effect import EffectReport, EffectRequest
from apps.catalogue.models.import_finding import ImportFinding
from apps.catalogue.models.import_run import ImportRun
from apps.catalogue.models.national_day import NationalDay
from apps.catalogue.models.offer_run import OfferNotice, OfferRun
from apps.catalogue.models.publish_log import PublishLog
from apps.catalogue.models.source_change import SourceChange
from apps.catalogue.models.source_procedure import SourceProcedure
from apps.catalogue.models.source_record import SourceRecord
from apps.catalogue.models.source_word import SourceWord
from apps.catalogue.models.template import ProcedureTemplate
from apps.catalogue.models.template_version import TemplateVersion
from apps.catalogue.models.version_offer import VersionOffer

__all__ = [
    "AdoptionDeadline",
    "AdoptionDeferral",
    "AdoptionReport",
    "Code",
    "CodeList",
    "CodeListVersion",
    "EffectReport",
    "EffectRequest",
    "ImportFinding",
    "ImportRun",
    "NationalDay",
    "OfferNotice",
    "OfferRun",
    "ProcedureTemplate",
    "PublishLog",
    "SourceChange",
    "SourceProcedure",
    "SourceRecord",
    "SourceWord",
    "TemplateVersion",
    "VersionOffer",
]
