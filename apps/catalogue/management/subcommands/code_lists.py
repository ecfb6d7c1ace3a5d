"""manage.py catalogue lists | export-list: shared lists of codes."""

import csv
from argparse import _SubParsersAction
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors
from apps.catalogue.enums import SharedList
from apps.catalogue.formulas import safe_cell
from apps.catalogue.source_codes import COLUMNS
from kernel.actors import Actor

_PAGE = 1000


def declare(actions: "_SubParsersAction[Any]") -> None:
    lists = actions.add_parser("lists", help="các danh mục dùng chung")
    lists.set_defaults(work=list_lists)
    exporting = actions.add_parser("export-list", help="xuất một danh mục dùng chung thành CSV")
    exporting.add_argument("key", choices=SharedList.values)
    exporting.add_argument("--list-version", type=int, help="ở phiên bản này; mặc định bản hiện hành")
    exporting.set_defaults(work=export_list)


def list_lists(out: OutputWrapper, *, by: Actor) -> None:
    for one in selectors.list_code_lists():
        at = timezone.localtime(one.changed_at).strftime("%d/%m/%Y") if one.changed_at else "-"
        extent = "toàn bộ" if one.whole else "một phần"
        name = SharedList(one.key).label
        out.write(
            f"{one.key}  {name}  {one.codes} mã ({extent})  bản {one.version or '-'}  {at}  {one.owner}"
        )


def export_list(out: OutputWrapper, *, by: Actor, key: str, list_version: int | None) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    after = ""
    while page := selectors.list_codes(key, version=list_version, after=after, limit=_PAGE):
        for code in page:
            writer.writerow([safe_cell(getattr(code, name) or "") for name in COLUMNS])
        after = page[-1].code
