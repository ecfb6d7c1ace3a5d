"""``manage.py release check``: what would hurt the code that is still running."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from tenants.releases.checking.releases import check_releases
from tenants.releases.manifests import ManifestUnsound, newest_manifest


def add(sub: Any) -> None:
    check = sub.add_parser("check", help="kiểm tra: bản mới có làm hỏng phần mềm đang chạy không")
    check.set_defaults(run=_check)


def _check(options: dict[str, Any], say: Callable[[str], None]) -> None:
    try:
        findings = check_releases()
    except ManifestUnsound as unsound:
        raise CommandError(f"Tệp mô tả bản phát hành hỏng: {unsound}") from unsound
    for finding in findings:
        say(str(finding))
    if findings:
        raise CommandError(f"{len(findings)} điều phải sửa trước khi phát hành.")
    say(f"Bản {newest_manifest().name}: phần mềm bản trước chạy được trên lược đồ mới.")
