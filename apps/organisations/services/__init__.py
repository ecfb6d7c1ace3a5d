from apps.organisations.services.closing import close_unit
from apps.organisations.services.creating import create_unit
from apps.organisations.services.editing import add_alias, end_alias, rename_unit
from apps.organisations.services.importing import NewUnit, import_units
from apps.organisations.services.probing import close_probe_unit, open_probe_unit
from apps.organisations.tree import forget_tree

__all__ = [
    "NewUnit",
    "add_alias",
    "close_probe_unit",
    "close_unit",
    "create_unit",
    "end_alias",
    "forget_tree",
    "import_units",
    "open_probe_unit",
    "rename_unit",
]
