from apps.forms.models.declaration import Declaration

__all__ = ["Declaration"]
