"""``manage.py tenant merge FROM INTO``: two provinces or two ministries become one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from project.merging import MERGING
from tenants.provisioning.merging import errors
from tenants.provisioning.merging.running import BATCH, abandon_merge, merge_tenants, preview_merge
from tenants.provisioning.merging.telling import tell
from tenants.registry.acts import command_line_operator


def add(sub: Any) -> None:
    merge = sub.add_parser("merge", help="nhập một tỉnh, bộ vào tỉnh, bộ khác")
    merge.add_argument("source", metavar="FROM", help="mã của nơi được nhập, ví dụ H08")
    merge.add_argument("into", metavar="INTO", help="mã của nơi nhận, ví dụ H21")
    merge.add_argument("--ground", default="", help="căn cứ: nghị quyết sáp nhập")
    merge.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ chuyển gì, vướng gì; không đổi gì")
    merge.add_argument("--confirm", default="", metavar="FROM", help="gõ lại mã của nơi được nhập")
    merge.add_argument("--abandon", action="store_true", help="bỏ lần sáp nhập chưa chuyển dòng nào")
    merge.add_argument("--report", type=Path, help="ghi bản đối soát ra tệp Markdown")
    merge.add_argument("--batch", type=int, default=BATCH, help="số hồ sơ mỗi giao dịch")
    merge.set_defaults(run=_run)


def _run(options: dict[str, Any], say: Callable[[str], None]) -> None:
    pair = {"source": options["source"], "into": options["into"]}
    now, by = timezone.now(), command_line_operator()
    if options["dry_run"]:
        report = preview_merge(**pair, ground=options["ground"], declaration=MERGING, now=now)
    else:
        if options["confirm"] != options["source"]:
            raise errors.CodeNotTyped(field="confirm", value=options["source"])
        if options["abandon"]:
            abandon_merge(**pair, declaration=MERGING, by=by, now=now)
            say(_("Đã bỏ; {source} hoạt động lại như trước.").format(source=options["source"]))
            return
        report = merge_tenants(
            **pair,
            ground=options["ground"],
            declaration=MERGING,
            by=by,
            now=now,
            batch=max(1, options["batch"]),
            say=say,
        )
    page = tell(report, preview=options["dry_run"])
    if options["report"]:
        options["report"].write_text(page, encoding="utf-8")
    say(page)
