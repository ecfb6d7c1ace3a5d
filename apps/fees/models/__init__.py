from apps.fees.models.fee_line import FeeLine
from apps.fees.models.payment import Payment

__all__ = ["FeeLine", "Payment"]
