"""manage.py catalogue list: templates and their versions."""

from argparse import _SubParsersAction
from typing import Any

from django.core.management.base import OutputWrapper

from apps.catalogue import selectors
from apps.catalogue.enums import VersionState
from kernel.actors import Actor

_PAGE = 200


def declare(actions: "_SubParsersAction[Any]") -> None:
    listing = actions.add_parser("list", help="liệt kê thủ tục và phiên bản")
    listing.add_argument("--search", default="")
    listing.set_defaults(work=list_templates)


def list_templates(out: OutputWrapper, *, by: Actor, search: str) -> None:
    after = ""
    while page := selectors.list_templates(q=search, after_code=after, limit=_PAGE):
        for template in page:
            out.write(f"{template.code}  {template.name[:100]}")
            for version in template.versions:
                since = version.effective_from.strftime("%d/%m/%Y") if version.effective_from else "-"
                out.write(
                    f"    {version.number}  {VersionState(version.state).label}  hiệu lực {since}"
                    f"  cần xác nhận: {version.open_findings}"
                )
        after = page[-1].code
