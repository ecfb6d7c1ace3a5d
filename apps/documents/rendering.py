"""From the data of an issued form to its PDF/A-2b, by Typst. Pure but for the fonts on disk.

Data goes in as one JSON string and the layouts show it as text only, so nothing
that a person typed is ever read as markup. The same input gives the same bytes.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import segno
import typst
from django.conf import settings
from django.utils import timezone

from apps.documents.printable import letters_of, printable
from kernel.money import vnd_in_words

TEMPLATES = Path(__file__).parent / "templates"
_FAMILY = "Tinos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one paper is made from. ``template`` is the folder below ``templates/<form>/``."""

    form: str
    template: str
    paper: str
    number: str
    issued_at: datetime
    data: dict[str, Any]


class FontsMissing(RuntimeError):
    """The front end was not built: without Tinos a letter could be lost on an official paper."""


class _Press:
    """One compiler for each layout keeps it parsed. It holds state between two calls, so one thread at a time."""

    def __init__(self, layout: Path) -> None:
        self._lock = Lock()
        self._compiler = typst.Compiler(
            input=str(layout), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True
        )

    def print(self, sheet: str) -> bytes:
        with self._lock:
            pdf = self._compiler.compile(format="pdf", pdf_standards="a-2b", sys_inputs={"sheet": sheet})
        assert isinstance(pdf, bytes)  # noqa: S101 - one file comes back for the format pdf
        return pdf


# Layouts and fonts belong to the house, not to a tenant: kept for the life of the process.
@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(settings.DOCUMENT_FONTS)]
    )
    if _FAMILY not in fonts.families():
        raise FontsMissing(f"no {_FAMILY} below {settings.DOCUMENT_FONTS}: run the build of the front end")
    return fonts


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return letters_of(sorted(Path(settings.DOCUMENT_FONTS).rglob("*.ttf")))


@lru_cache(maxsize=32)
def _press(form: str, template: str) -> _Press:
    return _Press(TEMPLATES / form / template / "form.typ")


def render(sheet: Sheet) -> bytes:
    """A PDF/A-2b of the sheet. Raises FontsMissing."""
    return _press(sheet.form, sheet.template).print(json.dumps(_inputs(sheet), ensure_ascii=False))


def _inputs(sheet: Sheet) -> dict[str, Any]:
    return {
        "form": sheet.form,
        "paper": sheet.paper,
        "number": sheet.number,
        "issued_at": timezone.localtime(sheet.issued_at).isoformat(),
        "issued_utc": sheet.issued_at.astimezone(UTC).isoformat(),
        "fee_total_words": vnd_in_words(sheet.data.get("fee_total", 0)),
        "qr": _qr(sheet.data.get("tracking_address", ""), sheet.data.get("code", "")),
        "data": printable(sheet.data, _letters()),
    }


def _qr(address: str, code: str) -> str:
    """The tracking page with the code filled in, as SVG; empty where there is no address.

    The secret is not in it: a photograph of the paper's QR alone opens nothing.
    Level M is read even when the paper is creased. The mask is fixed: weighing all
    eight costs 3 ms and helps only readers worse than a telephone.
    """
    if not address:
        return ""
    drawing = BytesIO()
    segno.make(f"{address}?code={quote(code)}", error="m", mask=3, micro=False).save(
        drawing, kind="svg", border=2, scale=4
    )
    return drawing.getvalue().decode()
