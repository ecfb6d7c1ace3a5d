from apps.procedures.models.adopted_version import AdoptedVersion
from apps.procedures.models.adoption_draft import AdoptionDraft
from apps.procedures.models.adoption_unit import AdoptionUnit
from apps.procedures.models.correction import Correction
from apps.procedures.models.local_draft import LocalDraft
from apps.procedures.models.local_rules import LocalRules

__all__ = ["AdoptedVersion", "AdoptionDraft", "AdoptionUnit", "Correction", "LocalDraft", "LocalRules"]
