"""A small national list, to be spoiled by the tests."""

import csv
import io

from apps.catalogue.source_list import COLUMNS

ROW = {
    "code": "1.000001",
    "name": "Thủ tục đăng ký khai sinh",
    "fields": "Hộ tịch",
    "promulgator": "Bộ Tư pháp",
    "executing": "Ủy ban nhân dân cấp xã",
    "subjects": "Công dân Việt Nam",
    "type": "STANDARD",
    "state": "ACTIVE",
}


def row(number: int, **changes: str) -> dict[str, str]:
    """Sound, with a code and a name of its own."""
    return {**ROW, "code": f"1.{number:06d}", "name": f"Thủ tục thứ {number}", **changes}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
