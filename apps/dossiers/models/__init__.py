from apps.dossiers.models.code_counter import CodeCounter
from apps.dossiers.models.component import Component, ComponentFile
from apps.dossiers.models.dossier import Dossier
from apps.dossiers.models.draft import Draft
from apps.dossiers.models.intake_rules import IntakeRules
from apps.dossiers.models.party import Party
from apps.dossiers.models.supplement import Supplement

__all__ = [
    "CodeCounter",
    "Component",
    "ComponentFile",
    "Dossier",
    "Draft",
    "IntakeRules",
    "Party",
    "Supplement",
]
