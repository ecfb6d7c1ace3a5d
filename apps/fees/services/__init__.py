from apps.fees.assessment import AssessedLine, assess
from apps.fees.services.opening import open_fees
from apps.fees.services.paying import record_payment

__all__ = ["AssessedLine", "assess", "open_fees", "record_payment"]
