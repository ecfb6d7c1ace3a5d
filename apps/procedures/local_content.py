"""A procedure of a province's own, begun as a copy of one that is in force. Pure."""

import re
from copy import deepcopy
from typing import Any

Content = dict[str, Any]
# As the national list writes local procedures: a number, and the code of who promulgates it. Data, not law.
CODE_PATTERN = "2.xxxxxx.{tenant}"
_CODE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9]+)*")


def is_local_code(code: str, *, tenant_code: str) -> bool:
    return _CODE.fullmatch(code) is not None and code.endswith(f".{tenant_code}") and len(code) <= 60


def begin_content(base: Content, *, code: str, name: str, tenant_code: str, tenant_name: str) -> Content:
    """Everything of ``base`` but who promulgates it; nothing of it is left for others to change."""
    content = deepcopy(base)
    for key in ("name_en", "transition"):
        content.pop(key, None)
    codes = {case["code"]: f"{code}.{number:02}" for number, case in enumerate(content["cases"], start=1)}
    for case in content["cases"]:
        case["code"] = codes[case["code"]]
    for fee in content["fees"]:
        fee["case"] = codes.get(fee["case"]) if fee["case"] else None
    return {
        **content,
        "code": code,
        "name": name,
        "promulgator": {"code": tenant_code, "name": tenant_name},
        "slots": [],
    }
