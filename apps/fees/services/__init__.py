from apps.fees.assessment import AssessedLine, assess
from apps.fees.services.exempting import decide_exemption, record_exemption, require_decided
from apps.fees.services.opening import open_fees
from apps.fees.services.paying import record_payment

__all__ = [
    "AssessedLine",
    "assess",
    "decide_exemption",
    "open_fees",
    "record_exemption",
    "record_payment",
    "require_decided",
]
