from apps.organisations.models.unit import Unit

__all__ = ["Unit"]
