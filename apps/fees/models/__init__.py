from apps.fees.models.exemption import Exemption
from apps.fees.models.fee_line import FeeLine
from apps.fees.models.payment import Payment

__all__ = ["Exemption", "FeeLine", "Payment"]
