"""A procedure of a province's own, begun as a copy of one that is in force. Pure."""

import re
from copy import deepcopy
from typing import Any

Content = dict[str, Any]
# As the national list writes local procedures: a number, and the code of who promulgates it. A tenant may change it.
DEFAULT_PATTERN = "2.xxxxxx.{tenant}"
_TENANT = "{tenant}"
# What a content takes as its code, and more than a number: so that no code of the nation is ever the same.
_CODE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9]+)+")
_LONGEST = 60


def fits(code: str, *, pattern: str, tenant_code: str) -> bool:
    """Whether ``code`` is written as ``pattern`` says."""
    spelled = "".join("[0-9]" if sign == "x" else re.escape(sign) for sign in _filled(pattern, tenant_code))
    return re.fullmatch(spelled, code) is not None and len(code) <= _LONGEST


def is_pattern(pattern: str, *, tenant_code: str) -> bool:
    """It leaves something to number, and what it gives is a code that a content may have."""
    filled = _filled(pattern, tenant_code)
    return "x" in filled and len(filled) <= _LONGEST and _CODE.fullmatch(filled.replace("x", "0")) is not None


def say_pattern(pattern: str, *, tenant_code: str) -> str:
    """As a person reads it: ``2.xxxxxx.H21``."""
    return _filled(pattern, tenant_code)


def _filled(pattern: str, tenant_code: str) -> str:
    return pattern.replace(_TENANT, tenant_code)


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
