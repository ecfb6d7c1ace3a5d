from apps.procedures.services.adopting import adopt
from apps.procedures.services.retiring import retire_procedure
from apps.procedures.services.units import set_units

__all__ = ["adopt", "retire_procedure", "set_units"]
