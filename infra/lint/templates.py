"""Every Jinja2 template: it compiles, keeps the content security policy, and says what it is.

The policy drops inline scripts, styles and handlers without a word on the
page, so they are found here. Comments of Jinja2 are not looked at: only what
reaches a browser counts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from jinja2 import Environment, TemplateSyntaxError, nodes

_INLINE = (
    (
        re.compile(r"<script(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
        "script trong trang",
    ),
    (re.compile(r"<style\b", re.I), "thẻ style trong trang"),
    (re.compile(r"\sstyle\s*=", re.I), "thuộc tính style"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "thuộc tính on… trong trang"),
    (re.compile(r"\shx-on[:\-]", re.I), "hx-on cần eval"),
    (re.compile(r"=\s*[\"']\s*javascript:", re.I), "địa chỉ javascript:"),
)
_ID = re.compile(r"""\sid=(["'])([^"']+)\1""")


def _engine() -> Any:
    return engines["jinja2"]


def _environment() -> Environment:
    made: Environment = _engine().env
    return made


def _folders() -> list[Path]:
    return [Path(folder) for folder in _engine().template_dirs]


def _files() -> list[tuple[str, Path]]:
    return [
        (file.relative_to(folder).as_posix(), file)
        for folder in _folders()
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".html", ".txt", ".xml")
    ]


def count() -> int:
    return len(_files())


def problems() -> Iterator[str]:
    names: Counter[str] = Counter()
    for name, file in _files():
        names[name] += 1
        yield from problems_in(_environment(), name, file)
    for name, times in names.items():
        if times > 1:
            yield f"{name}: {times} mẫu trang cùng tên trong các thư mục mẫu; chỉ mẫu đầu được dùng"


def problems_in(environment: Environment, name: str, file: Path) -> Iterator[str]:
    """The problems of one template."""
    source = file.read_text()
    try:
        tree = environment.parse(source, name)
        environment.compile(source, name)
    except TemplateSyntaxError as failure:
        yield f"{file}:{failure.lineno}: {failure.message}"
        return
    if file.name.startswith("_") and not source.lstrip().startswith("{#"):
        yield f"{file}:1: mảnh trang phải mở đầu bằng lời chú {{# là gì, cần gì #}}"
    for data in tree.find_all(nodes.TemplateData):
        for pattern, what in _INLINE:
            for hit in pattern.finditer(data.data):
                yield f"{file}:{data.lineno + data.data[: hit.start() + 1].count(chr(10))}: {what}"
    for identifier, times in _ids(tree).items():
        if times > 1:
            yield f"{file}: id “{identifier}” có {times} lần trong một trang"
    for include in tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        wanted = getattr(include, "template", None)
        if isinstance(wanted, nodes.Const) and isinstance(wanted.value, str) and not _exists(wanted.value):
            yield f"{file}:{include.lineno}: không có mẫu {wanted.value}"


def _exists(name: str) -> bool:
    return any((folder / name).is_file() for folder in _folders())


def _ids(node: nodes.Node) -> Counter[str]:
    """How often each written id can be on the page at once: of the branches of an ``if`` only one is."""
    if isinstance(node, nodes.If):
        branches: list[Iterable[nodes.Node]] = [node.body, *([branch] for branch in node.elif_), node.else_]
        most: Counter[str] = Counter()
        for branch in branches:
            most |= _sum(branch)
        return most
    if isinstance(node, nodes.TemplateData):
        return Counter(identifier for _, identifier in _ID.findall(node.data))
    return _sum(node.iter_child_nodes())


def _sum(several: Iterable[nodes.Node]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in several:
        total += _ids(one)
    return total
