from apps.organisations.services.closing import close_unit
from apps.organisations.services.creating import create_unit
from apps.organisations.services.editing import add_alias, end_alias, rename_unit

__all__ = ["add_alias", "close_unit", "create_unit", "end_alias", "rename_unit"]
