"""What may be handed in, told by the first bytes. Pure."""

import re
import unicodedata
import zipfile
from typing import IO, Any

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Real type → endings that agree with it. Nothing that runs, nothing that a browser reads as a page.
ALLOWED = {PDF: ("pdf",), JPEG: ("jpg", "jpeg"), PNG: ("png",), DOCX: ("docx",), XLSX: ("xlsx",)}
ALLOWED_WORDS = "PDF, JPG, PNG, DOCX, XLSX"
_HEAD_BYTES = 8192
_LONGEST_NAME = 150
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


def real_type(stream: IO[Any]) -> str | None:
    """The allowed type that the bytes are, or None. The stream is left at its start."""
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    # Imported late: fifteen modules that only an upload needs.
    import filetype

    guessed = filetype.guess_mime(head)
    if guessed in ALLOWED and guessed not in (DOCX, XLSX):
        return str(guessed)
    if head.startswith(b"PK\x03\x04"):
        return _office_type(stream)
    return None


def _office_type(stream: IO[Any]) -> str | None:
    """An office file is an archive with its main part inside; one with macros is refused."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return None
    finally:
        stream.seek(0)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)


def agrees(name: str, content_type: str) -> bool:
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in ALLOWED[content_type]


def clean_name(name: str) -> str:
    """Without folders and control characters, at most 150 characters, the ending kept."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:_LONGEST_NAME] or "tep"
    return f"{stem[: _LONGEST_NAME - len(ending) - 1] or 'tep'}.{ending}"
