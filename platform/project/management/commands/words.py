"""``manage.py words collect | compile | check``: Vietnamese in the source, English beside it.

The message ids are the Vietnamese sentences themselves, so Vietnamese needs no
catalogue and English is one file that a translator can read.
"""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PO = Path(settings.ROOT) / "frontend" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ("platform", "tenants", "apps", "api", "frontend")
METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**/dist/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/components/**.html", "jinja2"),
]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_HEADER = {
    "header_comment": "# Bản tiếng Anh. Sinh bằng: manage.py words collect",
    "project": "Một Cửa",
    "version": "1",
}
_PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)[^{}]*\}(?!\})")


def _collected() -> Catalog:
    catalog = Catalog(locale="en", project="Một Cửa", charset="utf-8", fuzzy=False)
    options = {"jinja2": {"trimmed": "true", "extensions": "jinja2.ext.do", "silent": "false"}}
    methods = [(pattern, None if method == "ignore" else method) for pattern, method in METHODS]
    for source in SOURCES:
        found = extract_from_dir(
            Path(settings.ROOT) / source,
            method_map=[(pattern, method or "ignore") for pattern, method in methods],
            options_map={pattern: options.get(method or "", {}) for pattern, method in methods},
            keywords=KEYWORDS,
        )
        for name, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{source}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def _read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", fuzzy=False, **_HEADER)
    with PO.open("rb") as file:
        catalog = read_po(file, locale="en")
    for name, value in _HEADER.items():
        setattr(catalog, name, value)
    catalog.fuzzy = False
    return catalog


def places(text: str) -> set[str]:
    """The named places of a sentence, in either spelling."""
    return {first or second for first, second in _PLACE.findall(text)}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def problems(messages: Iterator[Message]) -> Iterator[str]:
    """One line for each message that a person reading English would stumble over."""
    for message in messages:
        if not message.id:
            continue
        first, translated = _texts(message.id)[0], _texts(message.string)
        if not all(translated):
            yield f"chưa dịch: {first}"
        elif message.fuzzy:
            yield f"chưa chắc: {first}"
        elif any(places(text) - places(first) for text in translated):
            yield f"chỗ trống không khớp: {first}"


class Command(BaseCommand):
    help = "Thu thập, biên dịch và kiểm tra bản dịch tiếng Anh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        sub = parser.add_subparsers(dest="action", required=True)
        sub.add_parser("collect", help="thu thập câu từ mã nguồn vào django.po, giữ bản dịch đã có")
        sub.add_parser("compile", help="biên dịch django.po thành django.mo")
        sub.add_parser("check", help="báo lỗi nếu còn câu chưa dịch hoặc django.po đã cũ")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")()

    def _collect(self) -> None:
        catalog, collected = _read(), _collected()
        catalog.update(collected, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        PO.parent.mkdir(parents=True, exist_ok=True)
        written = BytesIO()
        # No line numbers and no date: the file changes only when a sentence does.
        write_po(written, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
        text = re.sub(
            rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid|Last-Tr|Language-Team)[^\n]*\n',
            b"",
            written.getvalue(),
        )
        PO.write_bytes(text)
        self.stdout.write(f"{len(collected)} câu, {sum(1 for _ in problems(iter(catalog)))} câu chưa xong.")

    def _compile(self) -> None:
        PO.parent.mkdir(parents=True, exist_ok=True)
        with PO.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read())
        self.stdout.write("Đã biên dịch bản tiếng Anh.")

    def _check(self) -> None:
        catalog = _read()
        known = {(message.context, _texts(message.id)[0]) for message in catalog}
        missing = [
            f"chưa thu thập: {_texts(message.id)[0]}"
            for message in _collected()
            if message.id and (message.context, _texts(message.id)[0]) not in known
        ]
        found = [*missing, *problems(iter(catalog))]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Bản tiếng Anh đầy đủ.")
