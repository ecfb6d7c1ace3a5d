"""How fast the national catalogue is. A part is a module with ``measure(around)``, placed in ``parts.PARTS``."""
