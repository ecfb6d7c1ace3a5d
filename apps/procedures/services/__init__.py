from apps.procedures.services.adopting import adopt
from apps.procedures.services.comparing import adopt_merged, save_decision
from apps.procedures.services.recording import set_record_system
from apps.procedures.services.requiring import adopt_required
from apps.procedures.services.retiring import retire_procedure
from apps.procedures.services.units import set_units

__all__ = [
    "adopt",
    "adopt_merged",
    "adopt_required",
    "retire_procedure",
    "save_decision",
    "set_record_system",
    "set_units",
]
