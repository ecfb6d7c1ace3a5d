"""``manage.py tenant drift``: schemas beside their releases, object by object."""

from collections.abc import Callable
from typing import Any

from tenants.releases.differences import Difference, ObjectKind
from tenants.releases.drifting import TenantDrift, find_drift
from tenants.releases.rights import WrongRight

Say = Callable[[str], None]


def add(sub: Any) -> None:
    drift = sub.add_parser("drift", help="lược đồ nào lệch so với bản phát hành của nó, và SQL để sửa")
    drift.add_argument("codes", nargs="*", metavar="CODE", help="chỉ những bộ, tỉnh này; bỏ trống là tất cả")
    drift.set_defaults(run=_drift)


def _drift(options: dict[str, Any], say: Say) -> int:
    found = find_drift(codes=options["codes"])
    drifted = [one for one in found if one.reason]
    for one in drifted:
        _show(one, say)
    say(f"{len(found)} bộ, tỉnh: {len(found) - len(drifted)} khớp, {len(drifted)} lệch.")
    return 1 if drifted else 0


def _show(one: TenantDrift, say: Say) -> None:
    say(f"{one.tenant.code} {one.tenant.name}, bản {one.release}: {one.reason}")
    for difference in one.differences:
        _show_difference(difference, say)
    for app, name in one.migrations_missing:
        say(f"  thiếu migration {app}.{name}")
    for app, name in one.migrations_extra:
        say(f"  thừa migration {app}.{name}")
    for right in one.rights:
        _show_right(right, say)
    if one.repair:
        say("  SQL để sửa (chỉ hiện ra, không chạy):")
        say(_indented("\n".join(one.repair), 4))


def _show_difference(one: Difference, say: Say) -> None:
    say(f"  {one.how.label} {one.kind.label} {one.name}")
    for word, text in (("phải là", one.expected), ("đang là", one.found)):
        if text and one.kind is not ObjectKind.TABLE:  # a table's own text is letters of the catalogue
            say(_indented(f"{word}: {text.strip()}", 4))


def _show_right(one: WrongRight, say: Say) -> None:
    if one.kind == "ROLE":
        say(f"  vai trò {one.name} thiếu hoặc sai thuộc tính")
    if one.missing:
        say(f"  thiếu quyền {', '.join(one.missing)} của {one.who} trên {one.name}")
    if one.extra:
        say(f"  thừa quyền {', '.join(one.extra)} của {one.who} trên {one.name}")


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())
