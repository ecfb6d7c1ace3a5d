"""``manage.py tenant drift``: schemas beside their releases, object by object."""

from collections.abc import Callable
from typing import Any

from tenants.releases.deviations import list_deviations
from tenants.releases.drifting import TenantDrift, find_drift

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
    for what, expected, found in list_deviations(one):
        say(f"  {what}")
        for word, text in (("phải là", expected), ("đang là", found)):
            if text:
                say(_indented(f"{word}: {text}", 4))
    if one.repair:
        say("  SQL để sửa (chỉ hiện ra, không chạy):")
        say(_indented("\n".join(one.repair), 4))


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())
