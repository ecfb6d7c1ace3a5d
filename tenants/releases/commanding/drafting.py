"""``release draft``."""

from collections.abc import Callable
from typing import Any


def add(sub: Any) -> None:
    draft = sub.add_parser("draft", help="ghi migration cuối của từng ứng dụng vào tệp mô tả mới nhất")
    draft.set_defaults(run=_draft)


def _draft(options: dict[str, Any], say: Callable[[str], None]) -> None:
    # Imported late: it reads migrations, which no other verb needs.
    from tenants.releases.drafting import draft_newest

    changed = draft_newest()
    say(f"Đã ghi: {', '.join(changed)}." if changed else "Không có gì thay đổi.")
