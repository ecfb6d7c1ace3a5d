"""The shape of ProcedureContent as JSON Schema; what holds between its parts is in content.py."""

from typing import Any

CHANNELS = ("DIRECT", "ONLINE", "POSTAL")
LIMIT_UNITS = ("WORKING_DAY", "DAY", "HOUR", "MONTH")
LIMIT_STARTS = ("NEXT_DAY", "SAME_DAY", "NOW")
SLOTS = ("limit", "fee", "units", "component", "steps", "wording")

_CODE = {"type": "string", "minLength": 1, "maxLength": 100}
_KEY = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60}
_NAME = {"type": "string", "minLength": 1, "maxLength": 1000}
_TEXT = {"type": "string", "maxLength": 4000}
_AMOUNT = {"type": "integer", "minimum": 0, "maximum": 1_000_000_000_000}


def _object(required: tuple[str, ...], /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], *, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least}


_NAMED = _object(("code", "name"), code=_CODE, name=_NAME)

TRANSITION_RULES = ("KEEP_ALL", "CORRECTIONS_FLOW")
# What happens to dossiers received before; without it: KEEP_ALL. ``flows`` are paths of parts.py.
TRANSITION: dict[str, Any] = _object(
    ("rule", "ground", "flows"),
    rule={"enum": list(TRANSITION_RULES)},
    ground=_TEXT,
    flows={**_list({"type": "string", "minLength": 1, "maxLength": 500}), "uniqueItems": True},
)

LIMIT: dict[str, Any] = _object(
    ("amount", "unit", "start", "cutoff", "legal_ground", "confirmed"),
    amount={"type": "integer", "minimum": 1, "maximum": 3660},
    unit={"enum": list(LIMIT_UNITS)},
    start={"enum": list(LIMIT_STARTS)},
    cutoff={"type": ["string", "null"], "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    legal_ground={"type": "string", "minLength": 1, "maxLength": 1000},
    source_text=_TEXT,
    confirmed={"type": "boolean"},
)

COMPONENT: dict[str, Any] = _object(
    ("key", "code", "name", "originals", "copies", "required"),
    key=_KEY,
    code={"type": "string", "maxLength": 100},
    name={"type": "string", "minLength": 1, "maxLength": 2000},
    originals={"type": "integer", "minimum": 0, "maximum": 99},
    copies={"type": "integer", "minimum": 0, "maximum": 99},
    required={"type": "boolean"},
    note=_TEXT,
)

# Without ``amount`` the group pays nothing; with it, that much for each unit. ``evidence``: what
# the applicant shows at the counter, in words.
EXEMPT_GROUP: dict[str, Any] = _object(
    ("key", "name", "legal_ground"),
    key=_KEY,
    name={"type": "string", "minLength": 1, "maxLength": 250},
    legal_ground={"type": "string", "minLength": 1, "maxLength": 1000},
    evidence={"type": "string", "maxLength": 500},
    amount=_AMOUNT,
)

FEE: dict[str, Any] = _object(
    ("key", "name", "kind", "channel", "case", "amount", "per", "due"),
    key=_KEY,
    code={"type": "string", "maxLength": 100},
    name=_NAME,
    kind={"enum": ["FEE", "SERVICE_FEE", "PRICE"]},
    channel={"enum": [None, *CHANNELS]},
    case={"type": ["string", "null"]},
    amount=_AMOUNT,
    per={"enum": ["DOSSIER", "COPY"]},
    due={"enum": ["INTAKE", "PROCESSING", "RETURN"]},
    legal_ground=_TEXT,
    exempt_groups=_list(EXEMPT_GROUP),
)

CONTENT: dict[str, Any] = _object(
    (
        "code",
        "name",
        "field",
        "promulgator",
        "level",
        "subjects",
        "non_territorial",
        "channels",
        "cases",
        "components",
        "fees",
        "results",
        "legal_basis",
        "supplement_limit",
        "form",
        "process",
        "slots",
    ),
    code={"type": "string", "pattern": r"^[0-9]\.[0-9]{6}(\.[A-Z0-9]+)*$", "maxLength": 60},
    name=_NAME,
    name_en={"type": "string", "maxLength": 1000},
    field=_NAMED,
    promulgator=_NAMED,
    executing=_TEXT,
    level={"enum": ["COMMUNE", "PROVINCE", "MINISTRY"]},
    subjects={**_list({"enum": ["CITIZEN", "BUSINESS"]}, least=1), "uniqueItems": True},
    non_territorial={"type": "boolean"},
    channels={**_list({"enum": list(CHANNELS)}, least=1), "uniqueItems": True},
    cases=_list(
        _object(
            ("code", "name", "limit", "components"),
            code=_CODE,
            name=_NAME,
            limit=LIMIT,
            components=_list(_KEY),
        ),
        least=1,
    ),
    components=_list(COMPONENT),
    fees=_list(FEE),
    results=_list(_NAMED, least=1),
    legal_basis=_list(
        _object(("code", "name"), code=_CODE, name={"type": "string", "maxLength": 1000}), least=1
    ),
    supplement_limit={"type": "integer", "minimum": 0, "maximum": 9},
    form={"type": "object"},
    process=_object(
        ("id", "bpmn"),
        id={"type": "string", "minLength": 1, "maxLength": 120},
        bpmn={"type": "string", "minLength": 1, "maxLength": 500_000},
        called={"type": "object", "additionalProperties": {"type": "string", "maxLength": 500_000}},
    ),
    slots={**_list({"enum": list(SLOTS)}), "uniqueItems": True},
    transition=TRANSITION,
)
