"""Codes of declarations, as people type them from a telephone or a sheet of paper. Pure."""

import hashlib
import re
import secrets

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is read as another
_CODE_LENGTH = 10  # 28^10: nobody finds one by trying
_SECRET_LENGTH = 8
PREFIX = "TK"


def new_code() -> str:
    """``TK-7F3K9-QX4MB``."""
    drawn = _draw(_CODE_LENGTH)
    return f"{PREFIX}-{drawn[:5]}-{drawn[5:]}"


def new_secret() -> str:
    return _draw(_SECRET_LENGTH)


def clean_code(typed: str) -> str:
    """As it is stored, however it was typed: small letters, without lines, with blanks. Empty for what is none."""
    bare = re.sub(r"[^A-Z0-9]", "", typed.upper()[:60]).removeprefix(PREFIX)
    if len(bare) != _CODE_LENGTH or set(bare) - set(_LETTERS):
        return ""
    return f"{PREFIX}-{bare[:5]}-{bare[5:]}"


def digest_of(secret: str) -> str:
    """What is kept of a secret: drawn at random and short-lived, so that a plain digest is enough."""
    return hashlib.sha256(re.sub(r"\s", "", secret).upper().encode()).hexdigest()


def _draw(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
