"""manage.py catalogue submit | return | verify: a second person before publishing, and proof afterwards."""

from argparse import _SubParsersAction
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from apps.catalogue import services
from apps.catalogue.management.subcommands.drafts import draft_id
from apps.catalogue.verifying import verify_ledger
from kernel.actors import Actor


def declare(actions: "_SubParsersAction[Any]") -> None:
    submitting = actions.add_parser("submit", help="gửi bản nháp cho người thứ hai thẩm định")
    submitting.add_argument("code")
    submitting.add_argument("--changes", default="", help="bản này thay đổi điều gì, vì sao")
    submitting.set_defaults(work=submit)
    returning = actions.add_parser("return", help="trả bản đang thẩm định cho người soạn")
    returning.add_argument("code")
    returning.add_argument("--remarks", default="", help="ý kiến thẩm định")
    returning.set_defaults(work=send_back)
    verifying = actions.add_parser("verify", help="tính lại toàn bộ nhật ký công bố và nội dung đã công bố")
    verifying.add_argument("--expect", default="", help="mã băm của dòng cuối đã lưu ở nơi khác")
    verifying.set_defaults(work=verify)


def submit(out: OutputWrapper, *, by: Actor, code: str, changes: str) -> None:
    version = services.submit_version(version_id=draft_id(code), changes=changes, by=by, now=timezone.now())
    out.write(f"Bản {version.number} của thủ tục {code} chờ người thứ hai thẩm định.")


def send_back(out: OutputWrapper, *, by: Actor, code: str, remarks: str) -> None:
    version = services.return_version(version_id=draft_id(code), remarks=remarks, by=by, now=timezone.now())
    out.write(f"Bản {version.number} của thủ tục {code} đã trả lại cho người soạn.")


def verify(out: OutputWrapper, *, by: Actor, expect: str) -> None:
    verdict = verify_ledger()
    for found in verdict.breaks:
        out.write(f"Dòng {found.line}, thủ tục {found.code}, bản {found.number}: {found.why}")
    if verdict.breaks:
        raise CommandError("Nhật ký công bố không còn nguyên vẹn.")
    if expect and expect != verdict.head:
        raise CommandError(
            f"Dòng cuối mang mã băm {verdict.head}, không phải {expect}: nhật ký đã bị cắt hoặc thay."
        )
    out.write(f"Nguyên vẹn: {verdict.lines} dòng nhật ký, {verdict.versions} bản đã công bố.")
    out.write(f"Dòng cuối: {verdict.head}")
