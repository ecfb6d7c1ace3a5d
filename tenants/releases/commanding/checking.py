"""``manage.py release check``: what would hurt the code that is still running."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandError

from tenants.releases.manifests import ManifestUnsound, newest_manifest


def add(sub: Any) -> None:
    check = sub.add_parser("check", help="kiểm tra: bản mới có làm hỏng phần mềm đang chạy không")
    check.add_argument(
        "--previous-code",
        nargs="?",
        const="",
        metavar="COMMIT|FOLDER",
        help="cho phần mềm bản trước làm trọn một hồ sơ trên lược đồ mới, trong một cơ sở dữ liệu dùng rồi bỏ",
    )
    check.set_defaults(run=_check)


def _check(options: dict[str, Any], say: Callable[[str], None]) -> None:
    # Imported late, here and below: every other verb starts without the whole of the checks.
    from tenants.releases.checking.releases import check_releases

    try:
        findings = check_releases()
    except ManifestUnsound as unsound:
        raise CommandError(f"Tệp mô tả bản phát hành hỏng: {unsound}") from unsound
    for finding in findings:
        say(str(finding))
    if findings:
        raise CommandError(f"{len(findings)} điều phải sửa trước khi phát hành.")
    say(f"Bản {newest_manifest().name}: không có migration nào làm hỏng phần mềm bản trước.")
    if options["previous_code"] is not None:
        _run_previous_code(options["previous_code"], say)


def _run_previous_code(given: str, say: Callable[[str], None]) -> None:
    from tenants.releases.checking.previous import NoPreviousCode, NotPrepared, check_previous_code

    with TemporaryDirectory() as folder:
        try:
            passed = check_previous_code(given, Path(folder), say)
        except NoPreviousCode as reason:
            say(f"Bỏ qua việc chạy phần mềm bản trước: {reason}.")
            return
        except NotPrepared as reason:
            raise CommandError(f"Không dựng được lược đồ mới:\n{reason}") from reason
    if not passed:
        raise CommandError("Phần mềm bản trước không làm trọn được một hồ sơ trên lược đồ mới.")
    say("Phần mềm bản trước làm trọn một hồ sơ trên lược đồ mới.")
