from apps.organisations.models.alias import UnitAlias
from apps.organisations.models.unit import Unit

__all__ = ["Unit", "UnitAlias"]
