from apps.forms.services.declaring import (
    Opened,
    discard_declaration,
    finish_declaration,
    forget_expired,
    open_declaration,
    save_declaration,
    take_declaration,
)

__all__ = [
    "Opened",
    "discard_declaration",
    "finish_declaration",
    "forget_expired",
    "open_declaration",
    "save_declaration",
    "take_declaration",
]
