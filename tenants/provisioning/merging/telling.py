"""The reconciliation report as a page of Markdown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tenants.provisioning.merging.reconciling import Report, TableCount


def tell(report: Report, *, preview: bool = False) -> str:
    return "\n".join(_lines(report, preview)) + "\n"


def _lines(report: Report, preview: bool) -> Iterator[str]:
    title = (
        _("Xem trước việc nhập {source} vào {into}")
        if preview
        else _("Đối soát việc nhập {source} vào {into}")
    )
    yield "# " + title.format(source=report.from_code, into=report.into_code)
    yield ""
    yield _("Căn cứ: {ground}. Ngày sáp nhập: {day}.").format(ground=report.ground, day=report.day)
    if preview:
        yield _("Chưa có gì thay đổi.")
    else:
        yield _("Kết quả: khớp.") if report.done else _("Kết quả: CHƯA KHỚP.")
    yield ""
    yield from _tables(report, preview)
    yield from _checks(report)
    yield from _section(_("Trở ngại phải giải quyết trước"), report.obstacles)
    yield from _section(
        _("Tên đã đổi vì trùng"), [f"{table}: {was} → {became}" for table, was, became in report.renamed]
    )
    yield from _section(_("Việc cần làm tiếp"), report.todo)


def _tables(report: Report, preview: bool) -> Iterator[str]:
    going = _("sẽ chuyển") if preview else _("đã chuyển")
    heads = [
        _("bảng"),
        _("{code} trước").format(code=report.from_code),
        _("{code} trước").format(code=report.into_code),
        going,
        _("đã có sẵn"),
        _("để lại"),
    ]
    if not preview:  # nothing is there yet that could be counted
        after, own = _("{code} sau"), _("{code} tự thêm")
        heads += [after.format(code=report.into_code), own.format(code=report.into_code)]
    heads.append(_("khớp"))
    yield "| " + " | ".join(heads) + " |"
    yield "|---" + "|---:" * (len(heads) - 2) + "|---|"
    for one in report.tables:
        yield "| " + " | ".join(_cells(one, preview)) + " |"
    yield ""
    reasons = [
        f"{one.table}: {count} — {why}"
        for one in report.tables
        for why, count in (*one.joined.items(), *one.left.items())
        if count
    ]
    yield from _section(_("Vì sao có dòng không chuyển"), reasons)


def _cells(one: TableCount, preview: bool) -> list[str]:
    numbers = [
        one.from_before,
        one.into_before,
        one.waiting if preview else one.moved,
        sum(one.joined.values()),
        sum(one.left.values()),
        *([] if preview else [one.into_after, one.into_own]),
    ]
    return [one.table, *(str(number) for number in numbers), _("có") if one.balances else _("KHÔNG")]


def _checks(report: Report) -> Iterator[str]:
    passed, failed = _("đạt"), _("KHÔNG ĐẠT")  # not inside the f-string: words.py would not find them there
    lines = [f"{check.name}: {check.said} — {passed if check.ok else failed}" for check in report.checks]
    yield from _section(_("Kiểm tra"), lines)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}"
        yield ""
        yield from (f"- {line}" for line in lines)
        yield ""
